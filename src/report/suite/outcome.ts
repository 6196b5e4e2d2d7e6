import { EXIT } from '../../errors.js';
import type { Result } from '../result.js';
import { unexpectedFailures, type Failing } from '../unexpected-failures.js';
import type { SuiteOutcome, SuiteRun } from './suite-result.js';

type OutcomeAndCode = Pick<SuiteRun, 'outcome' | 'exitCode'>;

/** What a run that has a result means in its suite. */
export function outcomeInSuite(
  result: Pick<Result, 'verdict' | 'expectedVerdict' | 'exitCode'> & Failing,
): OutcomeAndCode {
  const { verdict, expectedVerdict, exitCode } = result;
  const isVerdictsOwn = exitCode === EXIT[verdict];
  if (!isVerdictsOwn) {
    const isSignal = exitCode === EXIT.interrupted || exitCode === EXIT.terminated;
    return { outcome: isSignal ? 'interrupted' : 'could not be run', exitCode };
  }
  if (expectedVerdict !== 'fail' || verdict === 'inconclusive') return { outcome: verdict, exitCode };
  if (unexpectedFailures(result).length > 0) return { outcome: 'fail', exitCode };
  return verdict === 'fail'
    ? { outcome: 'control held', exitCode: EXIT.pass }
    : { outcome: 'control not held', exitCode: EXIT.fail };
}

/** Good, red, or neither: what says nothing about the servers does not end a red time, nor begin one. */
export type Light = 'good' | 'red' | 'open';

export const LIGHT: Record<SuiteOutcome, Light> = {
  pass: 'good',
  'control held': 'good',
  fail: 'red',
  'control not held': 'red',
  'could not be run': 'red',
  inconclusive: 'open',
  interrupted: 'open',
  skipped: 'open',
};
