import { describe, expect, it } from 'vitest';
import { UNKNOWN_PREFIX_LENGTH } from '../../protocol/leases.js';
import type { Layout, Observation } from '../../observations/observation.js';
import { exportedText } from '../../observations/export/text.js';
import { parseIpv6 } from '../../dhcp/v6/index.js';
import { prefix, SyntheticRun, v4 } from '../../judgement/synthetic.test-support.js';
import { reportPage } from '../html/page.js';
import type { PageInput } from '../html/input.js';
import { junitReport } from '../junit/junit.js';
import { quietLines } from '../text/last-lines.js';
import { leasesCsv } from '../leases-csv.js';
import { markdownReport } from '../markdown/markdown.js';
import { PLAIN } from '../../terminal/style.js';
import { type Result, resultSchema } from '../../results/result.js';
import { terminalReport } from '../text/terminal.js';
import { revealing, revealingSource, SECRET } from './anonymise.test-support.js';
import { Anonymiser } from './anonymiser.js';

const witnessesOf = (result: Result): PageInput['witnesses'] =>
  result.cases.flatMap((one) => one.witnesses.map((witness) => ({ ...witness, case: one.name })));

/** All text outputs for a result, by format. */
function written(result: Result, witnesses = witnessesOf(result)): Record<string, string> {
  return {
    json: JSON.stringify(result),
    terminal: terminalReport(result, { runDirectory: '', verbose: true, columns: 10_000 }),
    quiet: quietLines(result, '', PLAIN).join('\n'),
    markdown: markdownReport(result).replace(/&#(\d+);/g, (_, code: string) =>
      String.fromCharCode(Number(code)),
    ),
    junit: junitReport(result, { page: 'report.html' }),
    html: reportPage({ result, witnesses, witnessesOmitted: 0 }),
  };
}

/** Every spelling of a secret that an output may use. */
function spellings(secret: string): string[] {
  const pairs = /^[0-9a-f]{8,}$/.test(secret) ? (secret.match(/../g) ?? []) : [];
  const full = secret.includes('::')
    ? [...parseIpv6(secret)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    : '';
  const groups = full.match(/..../g) ?? [];
  const all = [
    secret,
    ...(pairs.length === 0
      ? []
      : [pairs.join(':'), pairs.join('-'), Buffer.from(secret, 'hex').toString('latin1')]),
    ...(full === ''
      ? []
      : [full, groups.join(':'), groups.map((one) => one.replace(/^0+(?=.)/, '')).join(':')]),
  ];
  return all.map((one) => one.toLowerCase());
}

function found(text: string): string[] {
  const lower = text.toLowerCase();
  // A short secret may occur inside any word, so only a whole word counts.
  const isIn = (one: string) =>
    one.length > 4 ? lower.includes(one) : new RegExp(`(?<![a-z0-9])${one}(?![a-z0-9])`).test(lower);
  return Object.values(SECRET).flatMap((secret) => spellings(secret).filter(isIn));
}

describe.each([
  ['a run', revealing],
  ['a capture', revealingSource],
])('%s', (_, make) => {
  it('contains the secrets before anonymising', () => {
    const formats = written(make());
    for (const [format, text] of Object.entries(formats)) {
      if (format !== 'quiet') expect(found(text).length, format).toBeGreaterThan(5);
    }
  });

  it('contains no secret in any format after anonymising', () => {
    const anonymiser = new Anonymiser();
    const result = anonymiser.result(make());
    const stored = witnessesOf(make()).map((witness) => anonymiser.witness(witness));
    expect(stored).toEqual(witnessesOf(result));
    for (const [format, text] of Object.entries(written(result, stored)))
      expect(found(text), format).toEqual([]);
  });

  it('has the same verdict and figures, and still fulfils the schema', () => {
    const before = make();
    const after = new Anonymiser().result(before);
    resultSchema.parse(after);
    expect(numbers(after)).toEqual(numbers(before));
    for (const key of ['verdict', 'outcome', 'exitCode', 'startedAt', 'finishedAt', 'tool'] as const)
      expect(after[key]).toEqual(before[key]);
    expect(after.checks.map(({ name, verdict, count }) => ({ name, verdict, count }))).toEqual(
      before.checks.map(({ name, verdict, count }) => ({ name, verdict, count })),
    );
  });
});

/** The figures of a result by path. Seeds, IAIDs and `quick` settings are left out, as they are no figures. */
function numbers(value: unknown, path = ''): Record<string, number> {
  if (typeof value === 'number') return /seed|iaid|quick/.test(path) ? {} : { [path]: value };
  if (typeof value !== 'object' || value === null) return {};
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, one]) => numbers(one, `${path}.${key}`)),
  ) as Record<string, number>;
}

describe('a replacement', () => {
  const result = new Anonymiser(Uint8Array.of(1)).result(revealing());
  const [one] = result.cases;
  const [overlapping, concurrent] = one?.witnesses ?? [];

  it('is the same for equal values, in all fields and spellings', () => {
    const [first, second] = concurrent?.holders ?? [];
    expect(first?.lease).toBe(concurrent?.lease);
    expect(second?.server).toBe(concurrent?.lease);
    expect(overlapping?.rows?.[1]?.row?.address).toBe(concurrent?.lease);
    expect(overlapping?.rows?.[1]?.row?.hardwareAddress).toBe(
      first?.identity && 'hardwareAddress' in first.identity ? first.identity.hardwareAddress : '',
    );
    expect(second?.identity).toEqual({
      identifier: overlapping?.rows?.[1]?.row?.hardwareAddress?.match(/../g)?.join(':'),
    });
    expect(result.checks.find(({ name }) => name === 'audit.sameRows')?.actual).toBe(
      `1 differing: ${concurrent?.lease ?? ''} on node-1, ${overlapping?.rows?.[0]?.node ?? ''}`,
    );
    expect(result.checks.find(({ case: name }) => name !== '')?.case).toBe(one?.name);
  });

  it('is inside the same prefix as before', () => {
    const [text = '', length] = overlapping?.otherLease?.split('/') ?? [];
    expect(length).toBe('56');
    const [inside, outer] = [parseIpv6(overlapping?.lease ?? ''), parseIpv6(text)];
    expect([...inside.subarray(0, 7)]).toEqual([...outer.subarray(0, 7)]);
    expect(overlapping?.rows?.[0]?.row?.address).toBe(text);
  });

  it('keeps names that this program gives, and the code of the error that ended the run', () => {
    expect(overlapping?.rows?.[1]?.node).toBe('node-2');
    expect(result.checks.find(({ name }) => name === 'run.endedEarly')?.actual).toMatch(
      /^ended early: .* \(STORAGE\)$/,
    );
    expect(result.checks.find(({ name }) => name === 'audit.made')?.actual).toMatch(
      /; statistics of dhcp4 server-1: not asked$/,
    );
    expect(result.environment?.database.settings).toMatchObject({
      tx_isolation: 'READ-COMMITTED',
      'evs.suspect_timeout': 'PT5S',
      'pc.ignore_sb': 'false',
    });
    expect(one?.name).toBe('network-1 dhcp4');
  });

  it('differs for each key', () => {
    const [a, b] = [new Anonymiser(), new Anonymiser()].map((each) =>
      JSON.stringify(each.result(revealing()).cases),
    );
    expect(a).not.toBe(b);
  });
});

describe('an anonymised journal', () => {
  const layout: Layout = {
    cases: [
      {
        name: 'dhcp4',
        leaseType: 'address',
        phases: ['REQUEST-ACK'],
        servers: ['server-1', SECRET.server],
        clients: 2,
      },
      {
        name: 'dhcp6-ia-pd',
        leaseType: 'prefix',
        phases: ['REQUEST-REPLY'],
        servers: [SECRET.ipv4],
        clients: 1,
      },
    ],
  };
  const dhcp4 = new SyntheticRun({ name: 'dhcp4', clients: 2 });
  dhcp4.lease(0, v4(7));
  dhcp4.lease(1, v4(7));
  const pd = new SyntheticRun({ name: 'dhcp6-ia-pd', clients: 1 });
  pd.lease(0, prefix(3, 56));
  const observations: Observation[] = [
    ...dhcp4.observations,
    ...pd.observations.map((one) => ({ ...one, caseIndex: 1 })),
  ];

  it('has other leases and names in every format, and is otherwise unchanged', () => {
    const journal = { layout, observations: () => observations };
    const other = new Anonymiser().journal(journal);
    const leases = leasesIn(observations);
    expect(leases.length).toBeGreaterThan(1);
    for (const text of [
      [...exportedText(other, 'csv')].join(''),
      [...exportedText(other, 'jsonl')].join(''),
      [...leasesCsv(other)].join(''),
    ]) {
      expect(found(text)).toEqual([]);
      for (const lease of leases) expect(text).not.toContain(lease);
      expect(text).toContain('server-1');
    }
    const changed = [...other.observations()];
    expect(changed.map(withoutLease)).toEqual(observations.map(withoutLease));
    expect(equalities(changed)).toEqual(equalities(observations));
  });

  it('has the same replacements as the result', () => {
    const anonymiser = new Anonymiser();
    const other = anonymiser.journal({ layout, observations: () => observations });
    const result = anonymiser.result(revealing());
    expect(other.layout.cases[1]?.servers).toEqual([result.cases[0]?.witnesses[1]?.lease]);
  });

  it('keeps an unknown prefix length unknown', () => {
    const [answer] = pd.observations.filter((one) => one.type === 'answer');
    const unknown = { ...answer, prefixLength: UNKNOWN_PREFIX_LENGTH } as Observation;
    const other = new Anonymiser().journal({ layout, observations: () => [unknown] });
    expect([...other.observations()][0]).toHaveProperty('prefixLength', UNKNOWN_PREFIX_LENGTH);
  });
});

function leaseOf(one: Observation): string | undefined {
  return one.type === 'answer' && one.lease.length > 0 ? Buffer.from(one.lease).toString('hex') : undefined;
}

function leasesIn(all: readonly Observation[]): string[] {
  const lines = [...leasesCsv({ layout: { cases: [] }, observations: () => all })]
    .join('')
    .split('\n')
    .slice(1, -1);
  return [...new Set(lines.map((line) => line.split(',')[4]?.split('/')[0] ?? ''))];
}

/** For each observation, the index of the first observation with the same lease. */
function equalities(all: readonly Observation[]): number[] {
  const leases = all.map(leaseOf);
  return leases.map((lease) => leases.indexOf(lease));
}

function withoutLease(one: Observation): object {
  return { ...one, lease: undefined };
}
