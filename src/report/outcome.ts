import type { Check, Reproduction, Verdict } from '../analysis/model.js';
import { EXIT, type ExitCode } from '../errors.js';
import { unexpectedFailures } from './unexpected-failures.js';

/**
 * The outcome of a run: both halves of its verdict, together with what its scenario expects. One table serves the
 * headline, the exit code, suites, comparison and history.
 */

/**
 * The colour of an outcome in the history. `open`: the run says nothing about the servers, so it neither ends nor
 * begins a red period.
 */
export type Light = 'good' | 'red' | 'open';

interface Meaning {
  /** The word at the top of reports. */
  word: string;
  light: Light;
  /** Null if the exit code depends on what ended the run. */
  exitCode: ExitCode | null;
}

export const OUTCOMES = [
  'pass',
  'fail',
  'not reproduced',
  'not comparable',
  'inconclusive',
  'control held',
  'control not held',
  'not held',
  'interrupted',
  'could not be run',
  'skipped',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

const MEANINGS: Readonly<Record<Outcome, Meaning>> = {
  pass: { word: 'PASS', light: 'good', exitCode: EXIT.pass },
  fail: { word: 'FAIL', light: 'red', exitCode: EXIT.fail },
  /** Conformance passes. The expected figures were not shown, although the premises were kept. */
  'not reproduced': { word: 'PASS, not reproduced', light: 'red', exitCode: EXIT.notReproduced },
  /** Conformance passes. A busy machine, or another experiment, keeps the figures from being judged. */
  'not comparable': { word: 'PASS, not comparable', light: 'open', exitCode: EXIT.inconclusive },
  inconclusive: { word: 'INCONCLUSIVE', light: 'open', exitCode: EXIT.inconclusive },
  /** A negative control failed as it is made to fail: the harness sees the violation. */
  'control held': { word: 'CONTROL HELD', light: 'good', exitCode: EXIT.pass },
  /** A negative control passed: the harness may not see violations. */
  'control not held': { word: 'CONTROL NOT HELD', light: 'red', exitCode: EXIT.fail },
  /** Of a search for the highest rate: this rate was too high. Finding that out is the purpose of the search. */
  'not held': { word: 'NOT HELD', light: 'open', exitCode: EXIT.pass },
  interrupted: { word: 'INTERRUPTED', light: 'open', exitCode: null },
  'could not be run': { word: 'ERROR', light: 'red', exitCode: null },
  /** Of `run --all`: this machine lacks something that the run needs. */
  skipped: { word: 'SKIPPED', light: 'open', exitCode: EXIT.pass },
};

export function meaningOf(outcome: Outcome): Meaning {
  return MEANINGS[outcome];
}

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
    return unexpectedFailures(judged).length > 0 ? 'fail' : 'control held';
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
