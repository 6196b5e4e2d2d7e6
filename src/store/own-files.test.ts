import {
  cpSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { markBaseline } from '../compare/stored/baselines.js';
import { readSide } from '../compare/stored/sides.js';
import { readHistory } from '../history/stored/read-history.js';
import { RECORD_BYTES } from '../observations/journal/record.js';
import { exportRun } from '../run/export.js';
import { storedResult } from './stored-result.js';
import { judgeStoredRun, STORED } from './stored-run.js';
import { storeRun } from './stored-run.test-support.js';

const MIB = 1024 * 1024;

let path = '';
let run = '';
let journal = '';
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'own-files-'));
  run = join(path, 'run');
  journal = join(run, STORED.journal);
});
afterEach(() => rmSync(path, { recursive: true }));

function store(clients: number): void {
  storeRun(run, clients);
  writeFileSync(join(run, STORED.result), JSON.stringify(judgeStoredRun(run)));
}

/** Overwrites bytes of the journal, so that its length stays the same. */
function overwrite(at: number, bytes: Uint8Array): void {
  const file = openSync(journal, 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
}

function forgetDigests(): void {
  const file = join(run, STORED.evidence);
  const evidence = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...evidence, journalDigests: undefined }));
}

/** Whoever reads every byte of a journal. */
const WHOLE: Record<string, () => unknown> = {
  report: () => storedResult(run),
  compare: () => readSide(run),
  'baseline set': () => markBaseline(run, join(path, 'baselines'), new Date()),
  analyze: () => judgeStoredRun(run),
  export: () => exportRun({ directory: run, format: 'csv', to: join(path, 'out.csv') }),
};

const refused = expect.objectContaining({
  code: 'SOURCE',
  message: expect.stringContaining(STORED.journal) as unknown,
  hint: expect.stringContaining('back') as unknown,
}) as unknown;

async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('a journal of which one record became another one', () => {
  beforeEach(() => {
    store(6);
    const whole = readFileSync(journal);
    overwrite(whole.length - RECORD_BYTES, whole.subarray(-2 * RECORD_BYTES, -RECORD_BYTES));
  });

  it.each(Object.keys(WHOLE))('is refused by %s', async (name) => {
    expect(await errorOf(WHOLE[name] as () => unknown)).toEqual(refused);
  });

  it('is no run of a list or a trend, which tell why', () => {
    const { runs, passedOver } = readHistory(path, join(path, 'index.html'));
    expect(runs).toEqual([]);
    expect(passedOver).toEqual([
      { path: run, isRun: true, why: expect.stringContaining('is not what the run wrote') as unknown },
    ]);
  });
});

describe('the journal of another run', () => {
  it.each([
    ['a longer one', 9],
    ['a shorter one', 5],
    ['one that is as long', 6],
  ])('is refused by all: %s', async (_, clients) => {
    store(6);
    const other = join(path, 'other');
    storeRun(other, clients, { lease: (client) => 200 + client });
    cpSync(join(other, STORED.journal), journal);
    rmSync(other, { recursive: true });
    for (const call of Object.values(WHOLE)) expect(await errorOf(call)).toEqual(refused);
    expect(readHistory(path, join(path, 'index.html'))).toMatchObject({
      runs: [],
      passedOver: [{ isRun: true }],
    });
  });
});

describe('a journal of megabytes', () => {
  beforeEach(() => {
    store(9_000);
    expect(statSync(journal).size).toBeGreaterThan(2 * MIB);
  });

  it('is read as a whole by a report, and in few places by a list', () => {
    overwrite(70_000, Buffer.alloc(RECORD_BYTES));
    expect(() => storedResult(run)).toThrow(refused);
    expect(readHistory(path, join(path, 'index.html')).runs).toHaveLength(1);
  });

  it('that became another one is found by a list too', () => {
    overwrite(MIB / 2, Buffer.alloc(MIB));
    expect(readHistory(path, join(path, 'index.html')).runs).toEqual([]);
  });
});

describe('the journal of an earlier version, which stored no digest,', () => {
  beforeEach(() => {
    store(6);
    forgetDigests();
  });

  it('is taken as it is', () => {
    expect(storedResult(run).verdict).toBe('pass');
    expect(readHistory(path, join(path, 'index.html')).runs).toHaveLength(1);
  });

  it('is refused where it has anything but records', async () => {
    overwrite(statSync(journal).size - RECORD_BYTES, Buffer.alloc(RECORD_BYTES));
    for (const call of Object.values(WHOLE)) expect(await errorOf(call)).toMatchObject({ code: 'SOURCE' });
    expect(readHistory(path, join(path, 'index.html')).runs).toEqual([]);
  });
});

it('a list refuses a directory with files of two runs, as a report does', () => {
  store(6);
  const file = join(run, STORED.facts);
  const facts = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...facts, seed: 8 }));
  expect(() => storedResult(run)).toThrow('files of two runs');
  expect(readHistory(path, join(path, 'index.html'))).toMatchObject({
    runs: [],
    passedOver: [{ isRun: true, why: expect.stringContaining('files of two runs') as unknown }],
  });
});
