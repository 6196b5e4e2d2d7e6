import { describe, expect, it } from 'vitest';
import { outcomeInSuite, runNames, suiteOf, type SuiteRun } from './suite.js';

const run = (exitCode: number): SuiteRun => ({
  name: 'a',
  scenario: 'a',
  directory: 'a',
  verdict: null,
  outcome: 'pass',
  exitCode,
});

describe('a run in a suite', () => {
  it.each([
    ['pass', 'pass', 0, 'pass', 0],
    ['pass', 'fail', 1, 'fail', 1],
    ['pass', 'inconclusive', 2, 'inconclusive', 2],
    ['fail', 'fail', 1, 'control held', 0],
    ['fail', 'pass', 0, 'control not held', 1],
    ['fail', 'inconclusive', 2, 'inconclusive', 2],
    ['fail', 'inconclusive', 130, 'interrupted', 130],
    ['pass', 'inconclusive', 69, 'could not be run', 69],
  ] as const)(
    'expected %s, judged %s, exit %d: %s, %d',
    (expectedVerdict, verdict, own, outcome, exitCode) => {
      expect(outcomeInSuite({ expectedVerdict, verdict, exitCode: own })).toEqual({ outcome, exitCode });
    },
  );
});

describe('a suite', () => {
  it.each([
    [[0, 2, 1], 1],
    [[2, 0], 2],
    [[1, 64], 64],
    [[64, 69], 69],
    [[0, 0], 0],
  ])('of runs with exit codes %j has %d', (codes, worst) => {
    expect(suiteOf(new Date(0), codes.map(run), [], undefined).exitCode).toBe(worst);
  });

  it('gives each run a directory of its own, also of the same scenario twice', () => {
    expect(runNames(['a', 'b', 'a', 'a'])).toEqual(['a', 'b', 'a-2', 'a-3']);
  });
});
