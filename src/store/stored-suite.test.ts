import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { analyze } from '../run/analyze/analyze.js';
import { exportRun } from '../run/export.js';
import { storeRun } from './stored-run.test-support.js';
import type { SuiteRun } from '../report/suite-result.js';
import { suiteOf } from '../run/suites/suite.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'suite-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function suite(...runs: Partial<SuiteRun>[]): void {
  const whole = runs.map((run): SuiteRun => ({
    name: 'plain',
    scenario: 'plain',
    directory: 'plain',
    verdict: 'pass',
    outcome: 'pass',
    exitCode: 0,
    ...run,
  }));
  const facts = { startedAt: new Date(), tables: [], interrupted: undefined };
  writeFileSync(join(directory, 'suite.json'), JSON.stringify(suiteOf({ ...facts, runs: whole })));
}

const duplicate = { lease: () => 7 };
const judged = () => analyze([directory], []).map(({ result, exitCode }) => [result.verdict, exitCode]);
const refused = { code: 'SOURCE', exitCode: 64 };

describe('a suite', () => {
  it('is judged run by run, each as it counts in the suite', () => {
    storeRun(join(directory, 'plain'), 6);
    storeRun(join(directory, 'control'), 6, { ...duplicate, expect: 'fail' });
    suite({}, { directory: 'control', verdict: 'fail' });
    expect(judged()).toEqual([
      ['pass', 0],
      ['fail', 0],
    ]);
    expect(analyze([directory], [])[1]?.runDirectory).toBe(join(directory, 'control'));
  });

  it('fails by a run that fails unexpectedly, and by a negative control that does not fail', () => {
    storeRun(join(directory, 'plain'), 6, duplicate);
    storeRun(join(directory, 'control'), 6, { expect: 'fail' });
    suite({}, { directory: 'control', verdict: 'fail' });
    expect(judged()).toEqual([
      ['fail', 1],
      ['pass', 1],
    ]);
  });

  it('is judged without the runs that could not be made, and refused if no run could be made', () => {
    storeRun(join(directory, 'plain'), 6);
    suite({}, { directory: 'other', verdict: null });
    expect(judged()).toEqual([['pass', 0]]);
    suite({ directory: 'other', verdict: null });
    expect(judged).toThrow(expect.objectContaining(refused));
    expect(judged).toThrow(/no run of the suite .* has a result/);
  });

  it('is refused if one of its runs is missing, or if it is damaged', () => {
    suite({});
    expect(judged).toThrow(/plain is not a run directory/);
    writeFileSync(join(directory, 'suite.json'), '{"schemaVersion": 2, "runs": []}');
    expect(judged).toThrow(/suite\.json can't be read: schemaVersion/);
    writeFileSync(join(directory, 'suite.json'), '{');
    expect(judged).toThrow(expect.objectContaining(refused));
  });

  it('is refused if it names a directory that is not its own, even for a try', () => {
    storeRun(join(directory, 'plain'), 6);
    const tried = { verdict: 'pass', reproduction: null, outcome: 'pass', exitCode: 0 } as const;
    for (const outside of ['../plain', '/tmp', 'plain/../..', '.']) {
      suite({ directory: outside });
      expect(judged).toThrow(expect.objectContaining(refused));
      suite({ tries: [{ ...tried, directory: outside }] });
      expect(judged).toThrow(/suite\.json can't be read: runs\.0\.tries\.0\.directory/);
    }
    suite({ tries: [{ ...tried, directory: 'plain-1' }] });
    expect(judged()).toEqual([['pass', 0]]);
  });

  it('is not exported as a whole: its runs are named', async () => {
    suite({ directory: 'plain' }, { directory: 'control' }, { directory: 'other', verdict: null });
    await expect(exportRun({ directory, format: 'csv', to: join(directory, 'out') })).rejects.toMatchObject({
      ...refused,
      message: `${directory} is a suite of 2 runs; only one run can be exported at a time`,
      hint: `name one of them: ${directory}/plain ${directory}/control`,
    });
  });
});
