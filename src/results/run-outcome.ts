import { EXIT, type ExitCode } from '../errors.js';

/**
 * The outcomes of a run, and what each means. One table serves the headline, the exit code, suites, comparison and
 * history.
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
  'not driven',
  "can't tell",
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
  /** Of such a search: the harness, or its machine, could not offer this rate. It says nothing about the servers. */
  'not driven': { word: 'NOT DRIVEN', light: 'open', exitCode: EXIT.pass },
  /** Of such a search: whether the servers hold this rate can't be told. */
  "can't tell": { word: "CAN'T TELL", light: 'open', exitCode: EXIT.pass },
  interrupted: { word: 'INTERRUPTED', light: 'open', exitCode: null },
  'could not be run': { word: 'ERROR', light: 'red', exitCode: null },
  /** Of `run --all`: this machine lacks something that the run needs. */
  skipped: { word: 'SKIPPED', light: 'open', exitCode: EXIT.pass },
};

export function meaningOf(outcome: Outcome): Meaning {
  return MEANINGS[outcome];
}
