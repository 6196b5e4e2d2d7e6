import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importPerfdhcp, type PerfdhcpOptions } from '../../observations/import/perfdhcp/import.js';
import { judgeImported } from './imported-source.js';

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../observations/import/perfdhcp/fixtures/${name}.out`, import.meta.url));
const three = (name: string) => [1, 2, 3].map((server) => fixture(`${name}-${server}`));
const judged = (paths: readonly string[], options?: PerfdhcpOptions) =>
  judgeImported(importPerfdhcp(paths, options), []);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'perfdhcp-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A fixture with something changed. */
function changed(name: string, change: (text: string) => string): string {
  const path = join(directory, `${name}.out`);
  writeFileSync(path, change(readFileSync(fixture(name), 'utf8')));
  return path;
}

/** N, D and d of a phase, counted by a shell script: lines with a lease, by distinct clients. */
function counted(paths: readonly string[], phase: string): [number, number, number] {
  const script = `
    awk -F, -v title="***Leases for $1***" '
      $0 == title { on = 1; next }
      /^\\*\\*\\*/ { on = 0 }
      on && NF == 3 && $1 != "client_id" && $2 $3 != "" { print $2 $3 " " $1 }' "\${@:2}" > "$0/leases"
    wc -l < "$0/leases"
    cut -d' ' -f1 "$0/leases" | sort -u | wc -l
    sort -u "$0/leases" | cut -d' ' -f1 | uniq -d | wc -l`;
  const out = execFileSync('bash', ['-c', script, directory, phase, ...paths], { encoding: 'utf8' });
  const [responses = NaN, distinct = NaN, duplicates = NaN] = out.trim().split('\n').map(Number);
  return [responses, distinct, duplicates];
}

describe('three logs of a real Galera cluster', () => {
  it.each([
    ['dhcp4', 'dhcp4', [177, 156, 20], [156, 156, 0]],
    ['ia-na', 'dhcp6-ia-na', [177, 157, 20], [160, 160, 0]],
    ['ia-pd', 'dhcp6-ia-pd', [177, 113, 57], [126, 126, 0]],
  ])('have the figures for %s that awk, sort and uniq count', (files, name, ...expected) => {
    const paths = three(files);
    const [one] = judged(paths).cases;
    expect(one?.name).toBe(name);
    expect(one?.phases).toHaveLength(2);
    for (const [i, { name: phase, firstAttempt }] of (one?.phases ?? []).entries()) {
      const { responses, distinctLeases, duplicateLeases } = firstAttempt;
      expect([responses, distinctLeases, duplicateLeases]).toEqual(counted(paths, phase));
      expect([responses, distinctLeases, duplicateLeases]).toEqual(expected[i]);
    }
  });

  it('have requests and unanswered requests from their statistics, and null for figures that they don’t have', () => {
    const result = judged(three('dhcp4'));
    expect(result).toMatchObject({ startedAt: null, finishedAt: null, environment: null, verdict: 'pass' });
    const [one] = result.cases;
    expect(one).toMatchObject({ servers: 3, clients: 177, clientsWithLease: 156, schedule: null });
    expect(one?.phases[1]).toMatchObject({
      name: 'REQUEST-ACK',
      committing: true,
      firstAttempt: { requests: 177, responses: 156 },
      allAttempts: null,
      outcomes: { lease: 156, timeout: 21, nak: null, late: null, malformed: null },
      refusals: { clientsServedLater: null },
      extraAnswers: null,
      wrongClient: null,
      latencyMs: null,
    });
    expect(one?.phases[1]?.perServer[2]).toMatchObject({ name: 'dhcp4-3', requests: 59, latencyMs: null });
    expect(result.source?.untold.join(' ')).toMatch(/no times.*attempts.*DHCPNAK.*dropped/);
    expect(result.checks.map(({ name }) => name)).not.toContain('run.drops');
  });

  it('count a line without a lease as a refusal', () => {
    const [one] = judged(three('ia-pd'), { prefixLength: 56 }).cases;
    expect(one?.phases[1]?.outcomes).toMatchObject({ lease: 126, 'no-lease': 51, timeout: 0 });
  });

  it('can’t be judged for overlapping prefixes until the prefix length is given', () => {
    const check = ({ checks }: ReturnType<typeof judged>) =>
      checks.find(({ name }) => name === 'conformance.overlappingLeases')?.verdict;
    expect(check(judged(three('ia-pd')))).toBe('inconclusive');
    expect(judged(three('ia-pd')).source?.untold.join()).toContain('--prefix-length');
    const told = judged(three('ia-pd'), { prefixLength: 56 });
    expect([check(told), told.verdict]).toEqual(['pass', 'pass']);
    expect(
      judged(three('ia-pd'), { prefixLength: 41 }).cases[0]?.phases[0]?.firstAttempt.distinctLeases,
    ).toBe(1);
  });

  it('with one lease given twice in the second phase fail, and name the clients', () => {
    const taken = /REQUEST-ACK\*\*\*\n.*\n(\w+),([\d.]+),/.exec(readFileSync(fixture('dhcp4-2'), 'utf8'));
    const path = changed('dhcp4-1', (text) =>
      text.replace(/(REQUEST-ACK\*\*\*\n.*\n\w+,)[\d.]+,/, `$1${taken?.[2] ?? ''},`),
    );
    const result = judged([path, fixture('dhcp4-2'), fixture('dhcp4-3')]);
    expect(result).toMatchObject({ verdict: 'fail', exitCode: 1, cases: [{ heldConcurrently: 1 }] });
    const times = { fromUs: null, untilUs: null };
    expect(result.cases[0]?.witnesses).toMatchObject([
      {
        lease: taken?.[2],
        holders: [
          {
            server: 'dhcp4-1',
            ...times,
            identity: { identifier: expect.stringMatching(/^01000c11/) as string },
          },
          { server: 'dhcp4-2', ...times, identity: { identifier: taken?.[1] } },
        ],
      },
    ]);
  });

  it('with addresses and prefixes in one message form one case', () => {
    const [one] = judged(three('ia-na-pd'), { prefixLength: 56 }).cases;
    expect(one?.name).toBe('dhcp6-ia-na-pd');
    expect(one?.phases.map((phase) => [phase.name, phase.leaseType, phase.firstAttempt.responses])).toEqual([
      ['SOLICIT-ADVERTISE', 'address', 27],
      ['SOLICIT-ADVERTISE', 'prefix', 27],
      ['REQUEST-REPLY', 'address', 22],
      ['REQUEST-REPLY', 'prefix', 26],
    ]);
    expect(one?.phases[2]?.outcomes).toMatchObject({ lease: 21, partial: 6 });
  });

  it('and logs of other kinds form separate cases', () => {
    const names = judged([...three('dhcp4'), ...three('ia-na')]).cases.map((one) => [one.name, one.servers]);
    expect(names).toEqual([
      ['dhcp4', 3],
      ['dhcp6-ia-na', 3],
    ]);
  });
});

describe('a perfdhcp log', () => {
  it('with renewals has a phase for them; after releases the holders are unknown', () => {
    const [v6, v4] = [judged([fixture('renew-release')]), judged([fixture('dhcp4-renew-release')])];
    expect(v6.cases[0]?.phases.map(({ name }) => name)).toEqual([
      'SOLICIT-ADVERTISE',
      'REQUEST-REPLY',
      'RENEW-REPLY',
    ]);
    expect(v4.cases[0]?.phases.map(({ name }) => name)).toEqual([
      'DISCOVER-OFFER',
      'REQUEST-ACK',
      'RENEW-ACK',
    ]);
    for (const { cases } of [v4, v6]) expect(cases[0]?.clientsWithLease).toBeNull();
  });

  it('of rapid commit has no committing phase, as it lists ADVERTISEs too', () => {
    const result = judged([fixture('rapid-commit')]);
    expect(result.verdict).toBe('inconclusive');
    expect(result.source?.notes.join()).toContain('rapid commit');
  });

  it('with nothing but lists has no requests', () => {
    const bare = changed('dhcp4-1', (text) => text.slice(text.indexOf('***Leases')));
    const result = judged([bare]);
    expect(result.cases[0]?.phases[0]).toMatchObject({
      firstAttempt: { requests: null, responses: 59 },
      outcomes: { lease: 59, timeout: null },
    });
    expect(result.source?.untold.join()).toContain('requests');
  });

  it('that shares its clients with another log says so: each identity is one client', () => {
    copyFileSync(fixture('dhcp4-1'), join(directory, 'again.out'));
    const result = judged([fixture('dhcp4-1'), join(directory, 'again.out')]);
    expect(result.cases[0]?.heldConcurrently).toBe(0);
    expect(result.source?.notes.join()).toMatch(/59 of 59 client identifiers stand in more than one file/);
  });

  it.each<[string, (text: string) => string, RegExp]>([
    ['is cut off inside a line', (text) => text.slice(0, text.lastIndexOf(',') - 4), /line \d+/],
    [
      'is cut off between lines',
      (text) => text.split('\n').slice(0, -20).join('\n') + '\n',
      /has 52 answers/,
    ],
    ['is cut off before a list', (text) => text.slice(0, text.lastIndexOf('***Leases')), /lists none/],
    ['was made without -x l', (text) => text.slice(0, text.indexOf('***Leases')), /lists no leases/],
    ['has another header', (text) => text.replaceAll('client_id', 'client'), /client_id,adrress,prefix/],
    ['has an address that is none', (text) => text.replace(',10.1', ',10.300'), /not an address/],
    [
      'has a line of something else',
      (text) => text.replace(/\n01000c.*,/, '\n!'),
      /expected client_id,address,prefix/,
    ],
    ['has an exchange unheard of', (text) => text.replaceAll('REQUEST-ACK', 'INFORM-ACK'), /INFORM-ACK/],
  ])('is refused when it %s, and left as it was', (_, change, message) => {
    const path = changed('dhcp4-1', change);
    const before = readFileSync(path);
    expect(() => judged([path])).toThrow(expect.objectContaining({ code: 'SOURCE', exitCode: 64 }));
    expect(() => judged([path])).toThrow(message);
    expect(readFileSync(path)).toEqual(before);
  });

  it('that is given twice is refused, also under another name', () => {
    expect(() => judged([fixture('dhcp4-1'), fixture('dhcp4-1')])).toThrow(/named twice/);
    const link = join(directory, 'other.out');
    symlinkSync(fixture('dhcp4-1'), link);
    expect(() => judged([fixture('dhcp4-1'), fixture('dhcp4-2'), link])).toThrow(/other\.out.*named twice/);
  });
});
