import type { Verdict, ReproductionVerdict } from '../../analysis/model.js';
import type { Outcome } from '../outcome.js';
import type { Result } from '../result.js';
import type { SuiteRun } from './suite-result.js';

/** What is told of a run of a suite, the same on page, terminal and in Markdown. */

/** Both halves of its verdict. */
export interface Halves {
  conformance: Verdict | null;
  /** Null where no figures are expected. */
  reproduction: ReproductionVerdict | null;
}

/** An older suite.json leaves the second half to the run's own result. */
export function halvesOf({ run, result }: { run: SuiteRun; result: Result | undefined }): Halves {
  const reproduction = run.reproduction ?? result?.reproduction?.verdict ?? null;
  return { conformance: run.verdict, reproduction };
}

/** `–` where there is none. */
export function halfText(half: string | null): string {
  return half ?? '–';
}

/** `try 1: inconclusive (galera)`, each in order; empty where there was one. */
export function triesText({ tries = [] }: SuiteRun): string[] {
  return tries.map(({ outcome, directory }, index) => `try ${index + 1}: ${outcome} (${directory})`);
}

/** What is neither good nor bad, nor open: nothing is to be looked at. */
export function isNeutral(outcome: Outcome): boolean {
  return outcome === 'skipped' || outcome === 'not held';
}
