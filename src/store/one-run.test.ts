import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storedResult } from './stored-result.js';
import { judgeStoredRun, STORED } from './stored-run.js';
import { storeRun } from './stored-run.test-support.js';

describe('a directory with files of two runs', () => {
  let path = '';
  let run = '';
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'one-run-'));
    run = join(path, 'run');
    storeRun(run, 6);
    writeFileSync(join(run, STORED.result), JSON.stringify(judgeStoredRun(run)));
  });
  afterEach(() => rmSync(path, { recursive: true }));

  const change = (name: string, more: object) => {
    const file = join(run, name);
    const old = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...old, ...more }));
  };
  const refused = expect.objectContaining({ code: 'SOURCE' }) as unknown;

  it('is no such directory as long as all files are of one', () => {
    expect(storedResult(run).verdict).toBe('pass');
  });

  it('is refused where the result is of another scenario', () => {
    const other = join(path, 'other');
    storeRun(other, 6, { name: 'other' });
    writeFileSync(join(other, STORED.result), JSON.stringify(judgeStoredRun(other)));
    copyFileSync(join(other, STORED.result), join(run, STORED.result));
    expect(() => storedResult(run)).toThrow(refused);
    expect(() => storedResult(run)).toThrow(/files of two runs: run\.json is of plain/);
  });

  it.each([
    [STORED.facts, { seed: 8 }],
    [STORED.facts, { startedAt: '2022-11-20T01:02:03Z' }],
    [STORED.evidence, { finishedAt: '2022-11-20T01:04:03Z' }],
  ])('is refused where %s has another %o', (name, more) => {
    change(name, more);
    expect(() => storedResult(run)).toThrow(refused);
    expect(() => storedResult(run)).toThrow(`files of two runs: ${name}`);
  });

  it('is none where the facts are of an older version', () => {
    change(STORED.facts, { schemaVersion: 0, scenario: { name: 'plain', load: 'as it was then' } });
    expect(storedResult(run).verdict).toBe('pass');
  });

  it('is none where the evidence is gone, and then the run is judged again', () => {
    rmSync(join(run, STORED.evidence));
    expect(storedResult(run).verdict).toBe('inconclusive');
  });
});
