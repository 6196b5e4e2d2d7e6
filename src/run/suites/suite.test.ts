import { describe, expect, it } from 'vitest';
import { HarnessError } from '../../errors.js';
import { Interrupted } from '../interruption.js';
import type { SuiteRun } from '../../report/suite-result.js';
import { countedCode, runNames, suiteOf, withoutResult } from './suite.js';

const run = (exitCode: number): SuiteRun => ({
  name: 'a',
  scenario: 'a',
  directory: 'a',
  verdict: null,
  outcome: 'pass',
  exitCode,
});

describe('a suite', () => {
  it.each([
    [[0, 2, 1], 1],
    [[2, 0], 2],
    [[2, 4, 0], 4],
    [[4, 3], 3],
    [[1, 64], 64],
    [[64, 69], 69],
    [[0, 0], 0],
  ])('of runs with exit codes %j has %d', (codes, worst) => {
    expect(
      suiteOf({ startedAt: new Date(0), runs: codes.map(run), tables: [], interrupted: undefined }).exitCode,
    ).toBe(worst);
  });

  it('has tested nothing if this machine lacks something for every run', () => {
    const skipped: SuiteRun = { ...run(0), outcome: 'skipped' };
    const exitCode = (runs: SuiteRun[]) =>
      suiteOf({ startedAt: new Date(0), runs, tables: [], interrupted: undefined }).exitCode;
    expect(exitCode([skipped, skipped])).toBe(69);
    expect(exitCode([skipped, run(0)])).toBe(0);
    expect(exitCode([])).toBe(70);
  });

  it('can ignore the exit code of runs that pass but are not comparable, and of no others', () => {
    const open = { outcome: 'not comparable', exitCode: 2 } as const;
    expect([true, false].map((isNamed) => countedCode(open, isNamed))).toEqual([0, 2]);
    expect(countedCode({ outcome: 'inconclusive', exitCode: 2 }, true)).toBe(2);
    expect(countedCode({ outcome: 'not reproduced', exitCode: 4 }, true)).toBe(4);
  });

  it('gives each run a directory of its own, also if a scenario is run twice', () => {
    expect(runNames(['a', 'b', 'a', 'a'])).toEqual(['a', 'b', 'a-2', 'a-3']);
  });
});

describe('a run without a result', () => {
  const missing = new HarnessError('PREREQUISITE', 'no such program', { hint: 'install it' });
  const outcome = (error: unknown, skipMissing: boolean) =>
    withoutResult(error, { interrupted: undefined, skipMissing });

  it('is skipped by --all only where the machine lacks something, and names that', () => {
    expect(outcome(missing, true)).toEqual({
      result: undefined,
      outcome: 'skipped',
      exitCode: 0,
      failure: { code: 'PREREQUISITE', message: 'no such program', hint: 'install it' },
    });
    expect(outcome(missing, false)).toMatchObject({ outcome: 'could not be run', exitCode: 69 });
    expect(outcome(new HarnessError('KEA', 'it died'), true).exitCode).toBe(69);
  });

  it('counts as one that could not be run if a defect ended it', () => {
    expect(outcome(new TypeError('x is undefined'), true)).toMatchObject({
      outcome: 'could not be run',
      exitCode: 70,
      failure: { code: 'INTERNAL', message: 'x is undefined' },
    });
    expect(outcome('thrown', false).failure).toMatchObject({ code: 'INTERNAL', message: 'thrown' });
  });

  it('counts as interrupted if somebody interrupted it', () => {
    const interrupted = new Interrupted('SIGTERM');
    expect(withoutResult(missing, { interrupted, skipMissing: true })).toMatchObject({
      outcome: 'interrupted',
      exitCode: 143,
    });
  });
});
