import { EXIT } from '../../errors.js';
import type { Check, Reproduction, Verdict } from '../../results/check.js';
import { meaningOf, type Outcome } from '../../results/run-outcome.js';
import { isSourceWhole } from '../../results/source-whole.js';
import { unexpectedFailures } from './unexpected-failures.js';

/** The outcome of a run: both halves of its verdict, together with what its scenario expects. */

export interface Judged {
  verdict: Verdict;
  reproduction: Pick<Reproduction, 'verdict'> | null;
  expectedVerdict: 'pass' | 'fail';
  checks: readonly Pick<Check, 'name' | 'verdict'>[];
  scenario: { effective: Readonly<Record<string, unknown>> };
}

/** The outcome of a judged run that ended by itself. */
export function outcomeOf(judged: Judged): Outcome {
  const { verdict, reproduction, expectedVerdict } = judged;
  if (verdict === 'inconclusive') return verdict;
  if (expectedVerdict === 'fail') {
    if (verdict === 'pass') return 'control not held';
    if (unexpectedFailures(judged).length > 0) return 'fail';
    // The violation may be in what is left, and the rest may have shown others.
    return isSourceWhole(judged) ? 'control held' : 'inconclusive';
  }
  if (verdict === 'fail') return verdict;
  switch (reproduction?.verdict) {
    case 'not reproduced':
      return 'not reproduced';
    case "can't tell":
      return 'not comparable';
    case 'reproduced':
    case undefined:
      return 'pass';
  }
}

export interface OutcomeAndCode {
  outcome: Outcome;
  exitCode: number;
}

/**
 * The outcome and exit code of a run.
 *
 * @param exitCode the code of what ended the run early, such as a signal or a full disk; undefined if the run ended
 *   by itself
 */
export function outcomeAndCode(judged: Judged, exitCode?: number): OutcomeAndCode {
  if (exitCode !== undefined) {
    const isSignal = exitCode === EXIT.interrupted || exitCode === EXIT.terminated;
    return { outcome: isSignal ? 'interrupted' : 'could not be run', exitCode };
  }
  const outcome = outcomeOf(judged);
  return { outcome, exitCode: meaningOf(outcome).exitCode ?? EXIT.internal };
}
