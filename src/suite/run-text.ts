import type { ReproductionVerdict, Verdict } from '../results/check.js';
import type { Outcome } from '../results/run-outcome.js';
import type { Result } from '../results/result.js';
import type { SuiteRun } from '../report/suite-result.js';

/** Texts on a run of a suite, the same for page, terminal and Markdown. */

/** The two halves of a run's verdict. */
export interface Halves {
  conformance: Verdict | null;
  /** Null if no figures are expected. */
  reproduction: ReproductionVerdict | null;
}

/**
 * The halves of a run's verdict. A suite.json of an older version has no reproduction half, so it comes from the
 * run's result.
 */
export function halvesOf({ run, result }: { run: SuiteRun; result: Result | undefined }): Halves {
  const reproduction = run.reproduction ?? result?.reproduction?.verdict ?? null;
  return { conformance: run.verdict, reproduction };
}

/** A dash for null. */
export function halfText(half: string | null): string {
  return half ?? '–';
}

/** Such as `try 1: inconclusive (galera)`, for each try in order. Empty if the run was tried once. */
export function triesText({ tries = [] }: SuiteRun): string[] {
  return tries.map(({ outcome, directory }, index) => `try ${index + 1}: ${outcome} (${directory})`);
}

/** Whether the outcome needs no look: it is neither good, red nor open. */
export function isNeutral(outcome: Outcome): boolean {
  return outcome === 'skipped' || outcome === 'not held';
}
