import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOTHING_WRONG, nth } from '../../judgement/synthetic.test-support.js';
import { openJournal } from '../../observations/journal/journal.js';
import type { Result } from '../../results/result.js';
import { analyze } from './analyze.js';
import { STORED } from '../../store/stored-files.js';
import { storeRun } from '../../store/stored-run.test-support.js';

const CLIENTS = 30;
let directory: string;
let run: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'analyze-'));
  run = join(directory, 'run');
  storeRun(run, CLIENTS);
});
afterEach(() => rmSync(directory, { recursive: true }));

const writeJson = (name: string, value: unknown) => writeFileSync(join(run, name), JSON.stringify(value));
const judged = (...sources: string[]): Result => nth(analyze(sources, []), 0).result;
const figures = (result: Result) =>
  result.cases.map(({ phases, heldConcurrently }) => ({ phases, heldConcurrently }));

/** Content and modification time of every file. */
const state = (path: string) =>
  readdirSync(path).map((name) => {
    const file = join(path, name);
    return [name, statSync(file).mtimeMs, readFileSync(file, 'latin1')];
  });

describe('analyze of a run directory', () => {
  it('needs no result.json, and changes nothing', () => {
    const before = state(run);
    const first = judged(run);
    writeJson('result.json', { ...first, verdict: 'made up' });
    expect(judged(run)).toEqual(first);
    rmSync(join(run, 'result.json'));
    expect(judged(run)).toEqual(first);
    expect(state(run)).toEqual(before);
    expect(first.cases[0]?.phases[1]?.firstAttempt).toMatchObject({
      requests: 30,
      responses: 30,
      duplicateLeases: 0,
    });
  });

  it('sees a lease that was changed in one record of the journal', () => {
    const before = judged(run);
    const path = join(run, STORED.journal);
    const evidence = JSON.parse(readFileSync(join(run, STORED.evidence), 'utf8')) as object;
    // A run of an earlier version has no digest. With one, the journal would be refused.
    writeJson(STORED.evidence, { ...evidence, journalDigests: undefined });
    const bytes = readFileSync(path);
    // The last answer is client 29's ACK. It now gives the lease of client 28. The lease is at offset 32.
    bytes.writeUInt32BE(0x0a00_0000 + 100 + 28, bytes.length - 64 + 32);
    writeFileSync(path, bytes);
    const after = judged(run);
    expect(figures(after)).not.toEqual(figures(before));
    expect(after).toMatchObject({ verdict: 'fail', exitCode: 1, cases: [{ heldConcurrently: 1 }] });
    expect(after.cases[0]?.witnesses[0]).toMatchObject({
      lease: '10.0.0.128',
      holders: [{ client: 28 }, { client: 29 }],
    });
  });

  it('judges a journal up to the record that it ends in, and is inconclusive', () => {
    const path = join(run, STORED.journal);
    truncateSync(path, statSync(path).size - 1);
    expect(openJournal(path).cutOffBytes).toBe(63);
    const result = judged(run);
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    expect(result.checks[0]).toMatchObject({
      name: 'source.complete',
      actual:
        'the journal has 119 of the 120 records that the run wrote; ' +
        'the last record of the journal is incomplete (63 bytes), so the journal is judged without it',
    });
    expect(result.cases[0]?.phases[1]?.outcomes).toMatchObject({ lease: 29, timeout: 1 });
  });

  it('notices missing records where the journal ends at the end of a record, and reports no violation', () => {
    const path = join(run, STORED.journal);
    truncateSync(path, statSync(path).size - 10 * 64);
    const result = judged(run);
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    expect(result.checks[0]).toMatchObject({
      name: 'source.complete',
      actual: 'the journal has 110 of the 120 records that the run wrote',
    });
    expect(result.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  });

  it('judges a run that was killed before it wrote its evidence, and is inconclusive', () => {
    rmSync(join(run, STORED.evidence));
    const result = judged(run);
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2, finishedAt: null });
    expect(result.checks[0]?.actual).toContain('no evidence.json');
    expect(result.checks.map(({ name }) => name)).not.toContain('run.deaths');
    expect(result.cases[0]?.phases[1]?.firstAttempt.responses).toBe(30);
  });

  it('judges several, each by itself', () => {
    cpSync(run, join(directory, 'other'), { recursive: true });
    expect(analyze([run, join(directory, 'other')], []).map(({ runDirectory }) => runDirectory)).toEqual([
      run,
      join(directory, 'other'),
    ]);
  });

  it.each<[string, () => void, RegExp]>([
    [
      'has evidence with a damaged part about the system',
      () => writeJson('evidence.json', { ...NOTHING_WRONG, system: { replicated: true } }),
      /system\.clock/,
    ],
    ['has no run.json', () => rmSync(join(run, 'run.json')), /has no run\.json/],
    ['has no journal', () => rmSync(join(run, 'journal.bin')), /has no journal\.bin/],
    ['is empty', () => readdirSync(run).forEach((name) => rmSync(join(run, name))), /not a run directory/],
    ['is of another version', () => writeJson('run.json', { schemaVersion: 2 }), /schemaVersion is 2/],
    ['has facts that are no object', () => writeJson('run.json', null), /schemaVersion is undefined/],
    [
      'has facts without a scenario',
      () => writeJson('run.json', { schemaVersion: 1 }),
      /run\.json can't be judged: /,
    ],
    [
      'has facts that are cut off',
      () => writeFileSync(join(run, 'run.json'), '{"schemaVersion": 1,'),
      /run\.json/,
    ],
    [
      'has evidence of another version',
      () => writeJson('evidence.json', { schemaVersion: 9 }),
      /schemaVersion is 9/,
    ],
    ['has empty evidence', () => writeJson('evidence.json', { schemaVersion: 1 }), /evidence\.json can't be/],
    ['has an empty journal', () => writeFileSync(join(run, 'journal.bin'), ''), /not a journal/],
    ['has a foreign journal', () => writeFileSync(join(run, 'journal.bin'), 'x'.repeat(99)), /not a journal/],
  ])('refuses one that %s, and leaves it as it was', (_, damage, message) => {
    damage();
    const before = state(run);
    expect(() => judged(run)).toThrow(expect.objectContaining({ code: 'SOURCE', exitCode: 64 }));
    expect(() => judged(run)).toThrow(message);
    expect(state(run)).toEqual(before);
  });
});

describe('analyze', () => {
  const log = fileURLToPath(
    new URL('../../observations/import/perfdhcp/fixtures/dhcp4-1.out', import.meta.url),
  );
  const capture = fileURLToPath(
    new URL('../../observations/import/capture/fixtures/dhcp4-ethernet.pcap', import.meta.url),
  );

  it.each<[string, () => string[], RegExp]>([
    ['nothing that is there', () => [join(directory, 'none')], /it does not exist/],
    ['an empty file', () => [written('')], /is empty/],
    ['a text of something else', () => [written('time,client\n1,2\n')], /does not know its format/],
    ['a file of zeros', () => [written('\0'.repeat(4_096))], /does not know its format/],
    ['a result', () => [written('{\n  "schemaVersion": 7,\n  "tool": {} }')], /the result of a judgement/],
    ['a journal alone', () => [join(run, 'journal.bin')], /does not tell which scenario was run/],
    ['what can’t be read twice', () => ['/dev/null'], /not a regular file/],
    ['a run and a log', () => [run, log], /different kinds: .*run directory.*perfdhcp log/],
    ['a log and a capture', () => [log, capture], /different kinds/],
    ['two captures', () => [capture, capture], /one capture/],
  ])('refuses %s', (_, sources, message) => {
    expect(() => judged(...sources())).toThrow(expect.objectContaining({ code: 'SOURCE', exitCode: 64 }));
    expect(() => judged(...sources())).toThrow(message);
  });

  function written(text: string): string {
    const path = join(directory, 'source');
    writeFileSync(path, text);
    return path;
  }
});
