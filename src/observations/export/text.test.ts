import { describe, expect, it } from 'vitest';
import { UNKNOWN_PREFIX_LENGTH } from '../../protocol/leases.js';
import type { Layout, Observation } from '../observation.js';
import { COLUMNS } from './rows.js';
import { exportedText, type ExportFormat } from './text.js';

const layout: Layout = {
  cases: [
    {
      name: 'dhcp6-ia-pd',
      leaseType: 'prefix',
      phases: ['SOLICIT-ADVERTISE', 'REQUEST-REPLY'],
      servers: ['server-1', 'a "second", one'],
      clients: 2,
    },
  ],
};

const of = {
  caseIndex: 0,
  phase: 'REQUEST-REPLY',
  server: 1,
  client: 3,
  attempt: 1,
  transaction: 5,
} as const;
const answer = {
  type: 'answer',
  ...of,
  receivedAtUs: 2_000.5,
  fromServer: 0,
  kind: 'lease',
  answerIndex: 0,
  leaseType: 'prefix',
  lease: Uint8Array.of(0x20, 1, 0xd, 0xb8, ...new Array<number>(12).fill(0)),
  prefixLength: 56,
  validLifetime: 4_000,
  statusCode: 0,
} as const;

const observations: Observation[] = [
  { type: 'sent', ...of, intendedAtUs: 1_000.0000000001, sentAtUs: 1_001, retransmission: 2 },
  answer,
  { ...answer, prefixLength: UNKNOWN_PREFIX_LENGTH },
  { ...answer, kind: 'no-lease', lease: new Uint8Array(0), prefixLength: 0, validLifetime: 0, statusCode: 6 },
  { ...answer, leaseType: 'address', lease: Uint8Array.of(192, 0, 2, 7), prefixLength: 32 },
  { ...answer, kind: 'unmatched', client: -1, transaction: -1, attempt: 0 },
  { type: 'timeout', ...of, atUs: 3_000 },
];

const text = (format: ExportFormat, seen = observations) =>
  [...exportedText({ layout, observations: () => seen }, format)].join('');

describe('an exported journal', () => {
  it('has in CSV a header, and for each observation a row with the same number of fields', () => {
    const lines = text('csv').split('\n');
    expect(lines[0]).toBe(COLUMNS.join(','));
    expect(lines.slice(1)).toEqual([
      'sent,dhcp6-ia-pd,REQUEST-REPLY,"a ""second"", one",3,1,5,1000,1001,2,,,,,,,,,',
      'answer,dhcp6-ia-pd,REQUEST-REPLY,"a ""second"", one",3,1,5,,,,2000.5,server-1,lease,0,prefix,2001:db8::/56,4000,0,',
      'answer,dhcp6-ia-pd,REQUEST-REPLY,"a ""second"", one",3,1,5,,,,2000.5,server-1,lease,0,prefix,2001:db8::/?,4000,0,',
      'answer,dhcp6-ia-pd,REQUEST-REPLY,"a ""second"", one",3,1,5,,,,2000.5,server-1,no-lease,0,prefix,,,6,',
      'answer,dhcp6-ia-pd,REQUEST-REPLY,"a ""second"", one",3,1,5,,,,2000.5,server-1,lease,0,address,192.0.2.7,4000,0,',
      'answer,dhcp6-ia-pd,REQUEST-REPLY,"a ""second"", one",,,,,,,2000.5,server-1,unmatched,0,prefix,2001:db8::/56,4000,0,',
      'timeout,dhcp6-ia-pd,REQUEST-REPLY,"a ""second"", one",3,1,5,,,,,,,,,,,,3000',
      '',
    ]);
  });

  it('has in JSON lines an object for each observation, with only the fields that it has', () => {
    const objects = text('jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(objects).toHaveLength(observations.length);
    expect(objects[0]).toEqual({
      type: 'sent',
      case: 'dhcp6-ia-pd',
      phase: 'REQUEST-REPLY',
      server: 'a "second", one',
      client: 3,
      attempt: 1,
      transaction: 5,
      intendedAtUs: 1_000,
      sentAtUs: 1_001,
      retransmission: 2,
    });
    expect(objects[5]).not.toHaveProperty('client');
  });

  it('comes in pieces of limited size', () => {
    const many = Array.from({ length: 5_000 }, () => answer);
    const pieces = [...exportedText({ layout, observations: () => many }, 'csv')];
    expect(pieces.length).toBeGreaterThan(5);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
    expect(pieces.join('').split('\n')).toHaveLength(5_002);
  });

  it('without observations is a header in CSV, and empty in JSON lines', () => {
    expect(text('csv', [])).toBe(`${COLUMNS.join(',')}\n`);
    expect(text('jsonl', [])).toBe('');
  });
});
