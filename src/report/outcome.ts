import type { Check, Reproduction, Verdict } from '../analysis/model.js';
import { EXIT, type ExitCode } from '../errors.js';
import { unexpectedFailures } from './unexpected-failures.js';

/**
 * What a run came to, both halves of its verdict and what its scenario expects taken together: one table for the headline,
 * the exit code, suites, comparison and history.
 */

/** Good, red, or neither: what says nothing about the servers does not end a red time, nor begin one. */
export type Light = 'good' | 'red' | 'open';

interface Meaning {
  /** Heads reports. */
  word: string;
  light: Light;
  /** Null where it depends on what happened. */
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
  /** Conformance passes; the figures that the experiment is to show are not there, and its premises were kept. */
  'not reproduced': { word: 'PASS, not reproduced', light: 'red', exitCode: EXIT.notReproduced },
  /** Conformance passes; the machine, or another experiment, leaves nothing to say of the figures. */
  'not comparable': { word: 'PASS, not comparable', light: 'open', exitCode: EXIT.inconclusive },
  inconclusive: { word: 'INCONCLUSIVE', light: 'open', exitCode: EXIT.inconclusive },
  /** A negative control was found to fail in what it is made to fail in: it has shown that the harness sees it. */
  'control held': { word: 'CONTROL HELD', light: 'good', exitCode: EXIT.pass },
  /** A negative control passed: the harness may be blind. */
  'control not held': { word: 'CONTROL NOT HELD', light: 'red', exitCode: EXIT.fail },
  /** Of a search for the highest rate: this one was too much, which is what it was to find out. */
  'not held': { word: 'NOT HELD', light: 'open', exitCode: EXIT.pass },
  interrupted: { word: 'INTERRUPTED', light: 'open', exitCode: null },
  'could not be run': { word: 'ERROR', light: 'red', exitCode: null },
  /** Of `run --all`: this machine lacks something for it. */
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

/** What a run that was judged came to, whatever ended it. */
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

/** @param exitCode of what ended the run before its time: a signal, a full disk; undefined where it ended by itself */
export function outcomeAndCode(judged: Judged, exitCode?: number): OutcomeAndCode {
  if (exitCode !== undefined) {
    const isSignal = exitCode === EXIT.interrupted || exitCode === EXIT.terminated;
    return { outcome: isSignal ? 'interrupted' : 'could not be run', exitCode };
  }
  const outcome = outcomeOf(judged);
  return { outcome, exitCode: meaningOf(outcome).exitCode ?? EXIT.internal };
}
