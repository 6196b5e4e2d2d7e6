import {
  cpSync,
  mkdirSync,
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
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOTHING_WRONG, nth, SyntheticRun, v4 } from '../analysis/synthetic.test-support.js';
import { JournalWriter, openJournal } from '../observations/journal.js';
import { FACTS } from '../report/report.test-support.js';
import type { Result } from '../report/result.js';
import { scenarioSchema } from '../scenario/schema.js';
import { analyze } from './analyze.js';
import { exportRun } from './export.js';
import { STORED } from './stored-files.js';

const CLIENTS = 30;
let directory: string;
let run: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'analyze-'));
  run = join(directory, 'run');
  mkdirSync(run);
  const load = new SyntheticRun({ name: 'dhcp4', clients: CLIENTS });
  for (let client = 0; client < CLIENTS; client++) {
    load.lease(client, v4(Math.floor(client / 3)), { given: v4(100 + client) });
  }
  const journal = new JournalWriter(join(run, STORED.journal), { cases: [load.layout] });
  for (const observation of load.observations) journal.append(observation);
  journal.close();
  const { startedAt, finishedAt, ...facts } = FACTS;
  const scenario = scenarioSchema.parse({
    name: 'plain',
    description: 'made up',
    checks: ['clientsWithLease >= 100%'],
  });
  writeJson('run.json', { ...facts, scenario, schemaVersion: 1, startedAt });
  writeJson('evidence.json', { ...NOTHING_WRONG, finishedAt, observations: journal.records });
});
afterEach(() => rmSync(directory, { recursive: true }));

const writeJson = (name: string, value: unknown) => writeFileSync(join(run, name), JSON.stringify(value));
const judged = (...sources: string[]): Result => nth(analyze(sources, []), 0).result;
const figures = (result: Result) =>
  result.cases.map(({ phases, heldConcurrently }) => ({ phases, heldConcurrently }));

/** Content and time of every file. */
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
    const bytes = readFileSync(path);
    // The last answer is client 29's ACK; it is given what client 28 has. The lease stands at 32.
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

  it('judges a journal that ends inside a record up to there, and is inconclusive', () => {
    const path = join(run, STORED.journal);
    truncateSync(path, statSync(path).size - 1);
    expect(openJournal(path).cutOffBytes).toBe(63);
    const result = judged(run);
    expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 2 });
    expect(result.checks[0]).toMatchObject({
      name: 'source.complete',
      actual:
        'the journal has 119 of the 120 records that the run wrote; ' +
        'the journal ends inside a record (63 bytes of it), and is judged up to there',
    });
    expect(result.cases[0]?.phases[1]?.outcomes).toMatchObject({ lease: 29, timeout: 1 });
  });

  it('notices a journal that ends behind a whole record, and holds nothing against the cluster', () => {
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
      'has evidence whose part on the system is damaged',
      () => writeJson('evidence.json', { ...NOTHING_WRONG, system: { replicated: true } }),
      /system\.clock/,
    ],
    ['has no run.json', () => rmSync(join(run, 'run.json')), /has no run\.json/],
    ['has no journal', () => rmSync(join(run, 'journal.bin')), /has no journal\.bin/],
    ['is empty', () => readdirSync(run).forEach((name) => rmSync(join(run, name))), /no run directory/],
    ['is of another version', () => writeJson('run.json', { schemaVersion: 2 }), /of version 2/],
    ['has facts that are no object', () => writeJson('run.json', null), /of version undefined/],
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
      /of version 9/,
    ],
    [
      'has evidence of nothing',
      () => writeJson('evidence.json', { schemaVersion: 1 }),
      /evidence\.json can't be/,
    ],
    ['has an empty journal', () => writeFileSync(join(run, 'journal.bin'), ''), /no journal/],
    ['has a foreign journal', () => writeFileSync(join(run, 'journal.bin'), 'x'.repeat(99)), /no journal/],
  ])('refuses one that %s, and leaves it as it was', (_, damage, message) => {
    damage();
    const before = state(run);
    expect(() => judged(run)).toThrow(expect.objectContaining({ code: 'SOURCE', exitCode: 64 }));
    expect(() => judged(run)).toThrow(message);
    expect(state(run)).toEqual(before);
  });
});

describe('analyze', () => {
  const log = fileURLToPath(new URL('../observations/perfdhcp/fixtures/dhcp4-1.out', import.meta.url));
  const capture = fileURLToPath(
    new URL('../observations/capture/fixtures/dhcp4-ethernet.pcap', import.meta.url),
  );

  it.each<[string, () => string[], RegExp]>([
    ['nothing that is there', () => [join(directory, 'none')], /ENOENT/],
    ['an empty file', () => [written('')], /is empty/],
    ['a text of something else', () => [written('time,client\n1,2\n')], /nothing that this program knows/],
    ['a file of zeros', () => [written('\0'.repeat(4_096))], /nothing that this program knows/],
    ['a result', () => [written('{\n  "schemaVersion": 7,\n  "tool": {} }')], /made by one/],
    ['a journal alone', () => [join(run, 'journal.bin')], /does not tell what was run/],
    ['what can’t be read twice', () => ['/dev/null'], /no file/],
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

describe('export', () => {
  it('writes every record, to a file or a stream', async () => {
    const out = join(directory, 'journal.csv');
    expect(await exportRun({ directory: run, format: 'csv', to: out })).toBe(0);
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(1 + 4 * CLIENTS);
    expect(lines[4]).toContain(',REQUEST-ACK,server-1,0,1,1,');
    const stream = new PassThrough();
    const text = stream.setEncoding('utf8').toArray();
    await exportRun({ directory: run, format: 'jsonl', to: stream });
    stream.end();
    expect((await text).join('').trimEnd().split('\n')).toHaveLength(4 * CLIENTS);
  });

  it('waits for a slow reader, and ends with one that goes away', async () => {
    const stream = new PassThrough({ highWaterMark: 16 });
    const exporting = exportRun({ directory: run, format: 'jsonl', to: stream });
    stream.once('readable', () => stream.destroy(Object.assign(new Error('gone'), { code: 'EPIPE' })));
    await expect(exporting).resolves.toBe(0);
  });

  it('leaves no file of a journal that turns out damaged', async () => {
    const path = join(run, STORED.journal);
    const bytes = readFileSync(path);
    // The last record is of no type.
    bytes.writeUInt8(9, bytes.length - 64);
    writeFileSync(path, bytes);
    const before = readdirSync(directory);
    await expect(
      exportRun({ directory: run, format: 'csv', to: join(directory, 'out.csv') }),
    ).rejects.toMatchObject({ code: 'SOURCE' });
    expect(readdirSync(directory)).toEqual(before);
  });

  it('overwrites nothing, and refuses what is no run directory', async () => {
    const out = join(directory, 'there');
    writeFileSync(out, 'mine');
    const usage = expect.objectContaining({ code: 'USAGE' }) as unknown;
    const source = expect.objectContaining({ code: 'SOURCE', exitCode: 64 }) as unknown;
    await expect(exportRun({ directory: run, format: 'csv', to: out })).rejects.toEqual(usage);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    await expect(exportRun({ directory, format: 'csv', to: out })).rejects.toEqual(source);
  });
});
