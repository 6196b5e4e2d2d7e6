import { describe, expect, it } from 'vitest';
import { scenarioSchema } from '../schema.js';
import { findFaultContradictions } from './fault-contradictions.js';

/** 100 clients a server at 10 a second: 10 s, and 300 exchanges of one case. */
const found = (faults: unknown, more: Record<string, unknown> = {}) =>
  findFaultContradictions(
    scenarioSchema.parse({
      name: 'mine',
      description: 'made up',
      cases: ['dhcp4'],
      load: { ratePerServer: 10, clientsPerServer: 100 },
      faults,
      ...more,
    }),
  ).map(({ path, message }) => `${path.join('.')}: ${message}`);

const kill = { fault: 'kill', on: 'node-2', at: 2, undo: 5 };

describe('faults', () => {
  it.each<[string, unknown[]]>([
    ['one', [kill]],
    ['one after the other on one node', [kill, { ...kill, at: 6, undo: 8 }]],
    ['two at the same time on two nodes', [kill, { ...kill, on: 'node-1' }]],
    ['a server and its node', [kill, { ...kill, on: 'server-2' }]],
    ['counts of exchanges', [{ ...kill, at: { exchanges: 100 }, undo: { exchanges: 300 } }]],
    ['a server of one case', [{ ...kill, on: 'dhcp4 server-3' }]],
    ['an isolation', [{ ...kill, fault: 'isolate' }]],
  ])('%s can be done', (_, faults) => {
    expect(found(faults)).toEqual([]);
  });

  it.each<[string, unknown[], RegExp]>([
    ['a node that is not there', [{ ...kill, on: 'node-4' }], /^faults\.0\.on: .* there are 3 nodes/],
    ['a server that is not there', [{ ...kill, on: 'server-4' }], /^faults\.0\.on: .* there are 3 servers/],
    [
      'a server of a case that is not run',
      [{ ...kill, on: 'dhcp6-ia-na server-1' }],
      /^faults\.0\.on: .* not among the cases/,
    ],
    [
      'an isolated server',
      [{ ...kill, fault: 'isolate', on: 'server-1' }],
      /^faults\.0\.fault: .* not to a server/,
    ],
    [
      'an undoing before its fault',
      [{ ...kill, undo: 1 }],
      /^faults\.0\.undo: .* not after the fault at 2 s/,
    ],
    ['an undoing at the same moment', [{ ...kill, undo: 2 }], /^faults\.0\.undo: /],
    [
      'moments in different units',
      [{ ...kill, undo: { exchanges: 9 } }],
      /at is in seconds, and undo in exchanges/,
    ],
    ['an undoing after the load', [{ ...kill, undo: 10 }], /^faults\.0\.undo: .* the load takes 10 s/],
    [
      'a count above what the load has',
      [{ ...kill, at: { exchanges: 1 }, undo: { exchanges: 301 } }],
      /^faults\.0\.undo: .* the load has 300 exchanges/,
    ],
    [
      'two at the same time on one node',
      [kill, { ...kill, fault: 'freeze', at: 5, undo: 8 }],
      /^faults\.1\.at: /,
    ],
    [
      'a server twice, once by its case',
      [
        { ...kill, on: 'server-1' },
        { ...kill, on: 'dhcp4 server-1' },
      ],
      /^faults\.1\.at: /,
    ],
    [
      'two on one node that nobody can put in order',
      [kill, { ...kill, at: { exchanges: 290 }, undo: { exchanges: 300 } }],
      /^faults\.1\.at: /,
    ],
    [
      'the last node',
      ['node-1', 'node-2', 'node-3'].map((on) => ({ ...kill, on })),
      /^faults\.0\.on: .* no node of the cluster is left/,
    ],
  ])('%s is refused', (_, faults, message) => {
    const [only, ...others] = found(faults);
    expect(only).toMatch(message);
    expect(others).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['in containers', { cluster: { provider: 'docker' } }, /not with provider docker/],
    ['that end a node of a circle', { cluster: { flavor: 'circular' } }, /not one of the flavor circular/],
  ])('%s are refused', (_, more, message) => {
    expect(found([kill], more)).toEqual([expect.stringMatching(message)]);
  });

  it('that need write-set replication are refused without it', () => {
    const isolate = [{ ...kill, fault: 'isolate' }];
    expect(found(isolate, { cluster: { flavor: 'isolated' } })).toEqual([
      expect.stringMatching(/not the flavor isolated/),
    ]);
  });

  it('may end the only database without replication', () => {
    const cluster = { flavor: 'standalone', nodes: 1 };
    expect(found([{ ...kill, on: 'node-1' }], { cluster, servers: [{ node: 1 }] })).toEqual([]);
  });
});
