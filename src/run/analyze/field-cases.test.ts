import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Result, resultSchema } from '../../results/result.js';
import { terminalReport } from '../../report/text/terminal.js';
import { analyze } from './analyze.js';
import type { AnalyzeOptions } from './analyze-options.js';

const field = (name: string) => fileURLToPath(new URL(`field/${name}`, import.meta.url));

function judged(name: string, options: AnalyzeOptions = {}): Result {
  const [one] = analyze([field(name)], [], options);
  if (one === undefined) throw new Error('nothing was judged');
  expect(one.exitCode).toBe(one.result.exitCode);
  expect(resultSchema.parse(one.result)).toEqual(one.result);
  return one.result;
}

const verdicts = ({ cases }: Result) => cases.map(({ name, verdict }) => [name, verdict]);
const text = (result: Result, verbose = false) =>
  terminalReport(result, { runDirectory: '', columns: 500, verbose });
const check = ({ checks }: Result, name: string) => checks.find((one) => one.name === name);

describe('a verdict by case', () => {
  const UNANSWERED = '19-v4-healthy-v6-unanswered.pcap';

  it('shows the case that passes beside the one that can’t tell', () => {
    const result = judged(UNANSWERED);
    expect(result.exitCode).toBe(2);
    expect(verdicts(result)).toEqual([
      ['dhcp4', 'pass'],
      ['dhcp6-ia-na', 'inconclusive'],
    ]);
    expect(text(result)).toContain("dhcp4: pass · dhcp6-ia-na: can't tell (0 of 3 answered)");
  });

  it.each<[string[], string[], number]>([
    [['dhcp4'], ['dhcp4'], 0],
    [['dhcp6'], ['dhcp6-ia-na'], 2],
    [['dhcp6-ia-na', 'dhcp4'], ['dhcp4', 'dhcp6-ia-na'], 2],
  ])('counts for the exit code where %j is chosen', (cases, names, exitCode) => {
    const result = judged(UNANSWERED, { cases });
    expect(result.cases.map(({ name }) => name)).toEqual(names);
    expect(result.exitCode).toBe(exitCode);
  });

  it('names a failure, and the case of the other holder', () => {
    const result = judged('08-v6-cross-case-duplicate.pcap');
    expect(verdicts(result)).toEqual([
      ['dhcp6-ia-na-pd', 'fail'],
      ['dhcp6-ia-na', 'fail'],
      ['dhcp6-ia-pd', 'fail'],
    ]);
    expect(text(result)).toContain('dhcp6-ia-na: fail (1 lease was held by several clients at once)');
    const [witness] = result.cases[1]?.witnesses ?? [];
    const duid = (last: number) => ({ duid: `0003000102000000000${last}` });
    expect(witness?.holders).toMatchObject([
      { client: 0, caseIndex: 0, case: 'dhcp6-ia-na-pd', identity: duid(1) },
      { client: 0, identity: duid(2) },
    ]);
    expect(witness?.holders[1]).not.toHaveProperty('caseIndex');
    expect(text(result)).toContain('client of dhcp6-ia-na-pd (DUID 00030001020000000001, IAID 1)');
    // One lease may have holders of two cases. A choice of one case does not hide the holder of the other.
    const alone = judged('08-v6-cross-case-duplicate.pcap', { cases: ['dhcp6-ia-na'] });
    expect(alone).toMatchObject({ exitCode: 1, cases: [{ name: 'dhcp6-ia-na', heldConcurrently: 1 }] });
    const router = judged('08-v6-cross-case-duplicate.pcap', { cases: ['dhcp6-ia-na-pd'] });
    const [its] = router.cases;
    expect(router.exitCode).toBe(1);
    expect(its).toMatchObject({ heldConcurrently: 0, countedElsewhere: { heldConcurrently: 2 } });
    expect(its?.witnesses).toHaveLength(2);
    expect(alone.source?.notes.at(-1)).toContain('dhcp6-ia-na-pd');
  });

  it('can’t tell where part of the source is missing', () => {
    const directory = mkdtempSync(join(tmpdir(), 'cases-'));
    try {
      const path = join(directory, 'cut.pcap');
      writeFileSync(path, readFileSync(field(UNANSWERED)).subarray(0, -10));
      const [one] = analyze([path], [], { partial: true, cases: ['dhcp4'] });
      expect(one?.result).toMatchObject({ exitCode: 2, cases: [{ name: 'dhcp4', verdict: 'inconclusive' }] });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('of an unknown case is refused, and the error lists the known cases', () => {
    expect(() => judged(UNANSWERED, { cases: ['dhcp5'] })).toThrow(
      expect.objectContaining({ code: 'USAGE', exitCode: 64, hint: 'there are dhcp4, dhcp6-ia-na' }),
    );
  });
});

describe('a declined lease that is given again', () => {
  const DECLINED = '17-decline-then-other-client.pcap';

  it('is named where the probation period is unknown', () => {
    const result = judged(DECLINED);
    expect(result).toMatchObject({ exitCode: 0, cases: [{ declines: { declined: 1, reused: null } }] });
    expect(result.cases[0]?.declines?.again).toEqual({ count: 1, soonestMs: 1_010 });
    expect(text(result)).toContain('1 declined lease was given again, the first 1.0 s later');
    expect(text(result)).toContain('To judge declined leases, give the probation period');
  });

  it.each([
    [86_400, 1, 1],
    [2, 1, 1],
    [1, 0, 0],
    [0, 0, 0],
  ])('is judged where it is held back for %i s', (declinedForS, reused, exitCode) => {
    const result = judged(DECLINED, { declinedForS });
    expect(result).toMatchObject({ exitCode, cases: [{ declines: { declined: 1, reused } }] });
    expect(result.cases[0]?.declines).not.toHaveProperty('again');
    expect(check(result, 'conformance.declinedReused')?.verdict).toBe(exitCode === 0 ? 'pass' : 'fail');
    expect(text(result)).not.toContain('--declined-for SECONDS');
    expect(result.source?.notes).toContainEqual(expect.stringContaining(`for ${declinedForS} s`));
  });
});

describe('how a capture is read', () => {
  it('separates VLANs, or joins them where an option says so', () => {
    const apart = judged('22-two-vlans-same-address.pcap');
    expect(verdicts(apart)).toEqual([
      ['VLAN 100 dhcp4', 'pass'],
      ['VLAN 200 dhcp4', 'pass'],
    ]);
    expect(judged('22-two-vlans-same-address.pcap', { vlans: 'apart' })).toEqual(apart);
    const together = judged('22-two-vlans-same-address.pcap', { vlans: 'together' });
    expect(together).toMatchObject({ exitCode: 1, cases: [{ name: 'dhcp4', heldConcurrently: 1 }] });
    expect(together.cases[0]?.witnesses[0]?.holders.map(({ network }) => network)).toEqual([
      'VLAN 100',
      'VLAN 200',
    ]);
    expect(text(together)).toContain(') in VLAN 200 by ');
    expect(judged('22-two-vlans-same-address.pcap', { cases: ['VLAN 200'] }).cases).toHaveLength(1);
  });

  it.each<[string, AnalyzeOptions, RegExp]>([
    ['p-renew.out', { vlans: 'together' }, /--vlans is for a capture, and this is a perfdhcp log/],
    ['p-renew.out', { matchClientId: false }, /--match-client-id/],
    ['p-renew.out', { ports: [67] }, /--port/],
    ['p-renew.out', { partial: true }, /--partial/],
    ['k-id0.pcap', { prefixLength: 56 }, /--prefix-length is for perfdhcp logs, and this is a capture/],
    ['.', { cases: ['dhcp4'] }, /--case is for captures and perfdhcp logs, and this is a run directory/],
    ['.', { declinedForS: 1 }, /--declined-for/],
    ['p-renew.out', { declinedForS: 1 }, /--declined-for/],
  ])('%s takes no %j', (name, options, message) => {
    expect(() => analyze([field(name)], [], options)).toThrow(message);
    expect(() => analyze([field(name)], [], options)).toThrow(expect.objectContaining({ exitCode: 64 }));
  });
});

describe('what was not captured', () => {
  it('is not asked for if there are answers to judge', () => {
    const result = judged('07-answers-only-duplicate.pcap');
    expect(result).toMatchObject({ exitCode: 1, cases: [{ verdict: 'fail', heldConcurrently: 1 }] });
    expect(check(result, 'load.answered')).toBeUndefined();
  });

  it('has no row in the table and no line of its own', () => {
    const unanswered = text(judged('19-v4-healthy-v6-unanswered.pcap'), true);
    expect(unanswered).toContain('No duplicates for REQUEST-ACK (0/30, 0%).');
    expect(unanswered).toContain('No answers with a lease for SOLICIT-ADVERTISE.');
    expect(unanswered).not.toContain('(0/0');
    expect(unanswered).not.toContain('for REQUEST-REPLY');
    const narrow = terminalReport(judged('19-v4-healthy-v6-unanswered.pcap'), { runDirectory: '' });
    const rows = narrow.split('\n').filter((line) => /^(dhcp\S+)? +[A-Z]+-[A-Z]+ +\d+ +\d+ /.test(line));
    expect(rows.map((row) => row.trim().split(/ +/).slice(-7, -4))).toEqual([
      ['DISCOVER-OFFER', '30', '30'],
      ['REQUEST-ACK', '30', '30'],
      ['SOLICIT-ADVERTISE', '3', '0'],
    ]);
    const answersOnly = text(judged('07-answers-only-duplicate.pcap'), true);
    expect(answersOnly).not.toContain('No duplicates');
    expect(answersOnly).not.toContain('First attempts');
    expect(answersOnly).toContain('1 lease was held by several clients at once');
    // The result itself has the phase.
    expect(judged('07-answers-only-duplicate.pcap').cases[0]?.phases).toHaveLength(2);
  });
});
