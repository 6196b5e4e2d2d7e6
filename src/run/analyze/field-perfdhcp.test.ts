import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPerfdhcpLogs } from '../../observations/import/perfdhcp/log.js';
import { importPerfdhcp, type PerfdhcpOptions } from '../../observations/import/perfdhcp/import.js';
import type { Result } from '../../results/result.js';
import { judgeImported } from './imported-source.js';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const field = (name: string) => at(`field/${name}.out`);
const recorded = (name: string) => at(`../../observations/import/perfdhcp/fixtures/${name}.out`);
const judged = (paths: readonly string[], options?: PerfdhcpOptions): Result =>
  judgeImported(importPerfdhcp(paths, options), []);

/** For each phase and lease type: requests, leases, distinct leases, duplicates. */
const figures = ({ cases }: Result) =>
  cases.flatMap(({ phases }) =>
    phases.map(({ firstAttempt: f }) => [f.requests, f.responses, f.distinctLeases, f.duplicateLeases]),
  );
const broken = ({ checks }: Result) =>
  checks.filter(({ verdict }) => verdict !== 'pass').map(({ name, verdict }) => `${verdict} ${name}`);
const NOT_ALL_ANSWERED = 'inconclusive load.answered';
const HELD = 'inconclusive conformance.heldConcurrently';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'perfdhcp-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function written(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

type Row = [path: string, figures: (number | null)[][], broken: string[], servers: string[]];

describe('real outputs of perfdhcp', () => {
  it.each<Row>([
    [
      field('p-aval'),
      [
        [40, 40, 40, 0],
        [40, 40, 40, 0],
      ],
      [],
      ['p-aval'],
    ],
    [
      field('p-trail'),
      [
        [60, 59, 59, 0],
        [59, 59, 59, 0],
      ],
      [],
      ['p-trail'],
    ],
    [
      field('p-concat'),
      [
        [40, 19, 19, 0],
        [19, 19, 19, 0],
      ],
      [NOT_ALL_ANSWERED],
      ['p-concat#1', 'p-concat#2'],
    ],
    [
      field('p-renew'),
      [
        [119, 119, 42, 25],
        [119, 119, 42, 25],
        [38, 38, 26, 0],
      ],
      [HELD],
      ['p-renew'],
    ],
    [
      recorded('avalanche-resent'),
      [
        [20, 20, 20, 0],
        [20, 20, 20, 0],
      ],
      [],
      ['avalanche-resent'],
    ],
    [
      recorded('unique'),
      [
        [120, 120, 60, 0],
        [120, 119, 60, 0],
      ],
      [],
      ['unique'],
    ],
    [
      recorded('every-diagnostic'),
      [
        [20, 19, 19, 0],
        [19, 19, 19, 0],
      ],
      [],
      ['every-diagnostic'],
    ],
    [
      recorded('renew-only'),
      [
        [59, 59, 20, 0],
        [59, 59, 20, 0],
        [18, 18, 13, 0],
      ],
      [],
      ['renew-only'],
    ],
    [
      recorded('restarted-between'),
      [
        [24, 22, 11, 11],
        [22, 22, 11, 11],
      ],
      [NOT_ALL_ANSWERED, HELD],
      ['restarted-between#1', 'restarted-between#2'],
    ],
    [
      recorded('same-twice'),
      [
        [24, 22, 11, 0],
        [22, 22, 11, 0],
      ],
      [NOT_ALL_ANSWERED],
      ['same-twice#1', 'same-twice#2'],
    ],
  ])('%s', (path, expected, notHolding, servers) => {
    const result = judged([path]);
    expect(figures(result)).toEqual(expected);
    expect(broken(result)).toEqual(notHolding);
    expect(result.exitCode).toBe(notHolding.length === 0 ? 0 : 2);
    expect(result.cases[0]?.phases[0]?.perServer.map(({ name }) => name)).toEqual(servers);
    expect(result.cases[0]).toMatchObject({ heldConcurrently: 0, witnesses: [] });
  });

  it('of IA_NA and IA_PD with renewals and releases has figures by lease type', () => {
    const result = judged([recorded('both-renew-release')], { prefixLength: 56 });
    expect(figures(result)).toEqual([
      [89, 89, 32, 0],
      [89, 89, 32, 0],
      [89, 89, 32, 0],
      [89, 89, 32, 0],
      [13, 13, 9, 0],
      [13, 13, 9, 0],
    ]);
    // No lease went to two clients, whenever it was released.
    expect(result).toMatchObject({ verdict: 'pass', cases: [{ clients: 20, clientsWithLease: null }] });
  });

  it('names what is not judged of lines behind the lists, and of several identity associations', () => {
    const notes = (path: string) => judged([path]).source?.notes.join() ?? '';
    expect(notes(field('p-aval'))).toMatch(/4 lines .*It took/);
    expect(notes(field('p-trail'))).toMatch(/1 line .*EXIT 3/);
    expect(notes(field('p-concat'))).toMatch(/2 outputs .*p-concat#1 to p-concat#2/);
    expect(notes(recorded('unique'))).toMatch(/60 answers of DISCOVER-OFFER.*59 answers of REQUEST-ACK/);
    expect(notes(recorded('rapid-advertised'))).toMatch(/rapid commit/);
    expect(judged([recorded('two-associations')]).source?.untold.join()).toMatch(
      /first identity association of each kind/,
    );
    expect(judged([recorded('rapid-advertised')]).verdict).toBe('inconclusive');
  });
});

describe('the times of holdings', () => {
  it('are in Kea’s own log: no lease of p-renew was held by two clients', () => {
    const lines = readFileSync(at('field/p-renew.kea.log'), 'utf8').split('\n');
    const holders = new Map<string, string>();
    const everHeld = new Map<string, Set<string>>();
    for (const line of lines) {
      const [, cid = '', lease = ''] = /cid=\[([^\]]+)\].* (?:lease|address) ([\d.]+)/.exec(line) ?? [];
      if (line.includes('DHCP4_RELEASE ')) holders.delete(lease);
      if (!line.includes('DHCP4_LEASE_ALLOC ')) continue;
      expect(holders.get(lease) ?? cid).toBe(cid);
      holders.set(lease, cid);
      everHeld.set(lease, (everHeld.get(lease) ?? new Set()).add(cid));
    }
    expect([...everHeld.values()].map(({ size }) => size)).toEqual([2, 2, 3]);
  });

  it('are unknown where there are releases; without releases the same leases fail', () => {
    const text = readFileSync(field('p-renew'), 'utf8');
    const without = text
      .replace(/\*\*\*Statistics for: RELEASE\*\*\*[^*]*/, '')
      .replace(/\*\*\*Leases for RELEASE[^]*/, '');
    const result = judged([written('without.out', without)]);
    expect(result).toMatchObject({ exitCode: 1, cases: [{ heldConcurrently: 25 }] });
    const none = text.replace(/(Statistics for: RELEASE\*\*\*\nsent packets: )38/, '$10');
    expect(judged([written('none.out', none)]).cases[0]?.heldConcurrently).toBe(25);
  });

  it('are known within each output of a file, and between files of one output', () => {
    const [first = '', second = ''] = readFileSync(recorded('restarted-between'), 'utf8').split(
      /^(?=Running)/m,
    );
    const apart = [written('a.out', first), written('b.out', second)];
    expect(judged(apart).cases[0]?.heldConcurrently).toBe(11);
    // A log with releases beside these logs leaves open only the leases that it contains itself.
    expect(judged([field('p-renew'), ...apart]).cases[0]?.heldConcurrently).toBe(11);
    expect(broken(judged([field('p-renew'), recorded('same-twice')]))).toContain(HELD);
    const twice = second.replace(/(REQUEST-ACK\*\*\*\n.*\n\w+,)[\d.]+,\n(\w+,)([\d.]+),/, '$1$3,\n$2$3,');
    const within = judged([written('within.out', first + twice)]);
    expect(within).toMatchObject({ exitCode: 1, cases: [{ heldConcurrently: 1 }] });
    expect(within.cases[0]?.witnesses[0]?.holders.map(({ server }) => server)).toEqual([
      'within#2',
      'within#2',
    ]);
    // A third output, in a file of its own, may have run at the same time as either of the others.
    const third = written('c.out', second.replaceAll('0000af', '0000b1'));
    const beside = judged([recorded('restarted-between'), third]);
    expect(broken(beside)).toContain(HELD);
    expect(beside.cases[0]?.heldConcurrently).toBe(0);
  });
});

describe('lines behind the lists', () => {
  const one = readFileSync(field('p-trail'), 'utf8').replace('EXIT 3\n', '');

  it.each<[string, string, number]>([
    ['of a shell', '\nreal\t0m3.5s\nuser\t0m0.1s\nsys\t0m0.1s\n', 3],
    ['with commas', '18:04:11,done,0\n2026-11-26,a,b\n', 2],
    ['that look like an answer', '01000c01ffff,10.66.1.1,\n', 1],
    ['with stars', '*** finished ***\n***Done***\n', 2],
    ['without a line feed', 'done', 1],
    ['that are empty', '\n\n \n', 0],
  ])('%s are passed over and counted', (_, text, count) => {
    for (const whole of [
      one + text,
      one.replace('***Leases for REQUEST', `${text}\n***Leases for REQUEST`),
    ]) {
      const [log] = readPerfdhcpLogs(written('one.out', whole));
      expect(log?.passedOver.count).toBe(count);
      const result = judged([join(directory, 'one.out')]);
      expect(figures(result)).toEqual([
        [60, 59, 59, 0],
        [59, 59, 59, 0],
      ]);
    }
  });
});

describe('a file of several outputs', () => {
  const one = readFileSync(field('p-trail'), 'utf8');
  const lists = one.slice(one.indexOf('***Leases'), one.lastIndexOf('EXIT'));

  it.each<[string, string, number]>([
    ['of which each has its command', one + one, 2],
    ['without their commands', one.slice(one.indexOf('***Rate')) + one.slice(one.indexOf('***Rate')), 2],
    ['of lists alone', lists + lists + lists, 3],
    ['without empty lines', one.replace(/\n+/g, '\n') + one.replace(/\n+/g, '\n'), 2],
    ['with line feeds of Windows', (one + one).replaceAll('\n', '\r\n'), 2],
  ])('%s is read', (_, text, outputs) => {
    const result = judged([written('all.out', text)]);
    expect(result.cases[0]).toMatchObject({ servers: outputs });
    expect(result.cases[0]?.phases[1]?.firstAttempt).toMatchObject({
      responses: 59 * outputs,
      distinctLeases: 59,
    });
  });

  it.each<[string, string, RegExp]>([
    [
      'the first of which is cut off',
      one.slice(0, one.indexOf('***Leases')) + one,
      /line 1: .*lists no leases/,
    ],
    ['the second of which is cut off', one + one.slice(0, 300), /line 166: .*lists no leases/],
    [
      'the second of which lacks lines',
      one + one.replace(/01000c01020304.*\n/, ''),
      /line 166: .*59 answers, .*58/,
    ],
    ['one of which is changed', one + one.replace(/\n01000c01020304/, '\n!'), /line 206: .*client_id/],
    ['too many for one judgement', one.repeat(129), /129 outputs/],
  ])('%s is refused with the line', (_, text, message) => {
    const path = written('all.out', text);
    expect(() => judged([path])).toThrow(expect.objectContaining({ code: 'SOURCE', exitCode: 64 }));
    expect(() => judged([path])).toThrow(message);
  });
});
