import { EXIT } from '../errors.js';
import { count, plural } from '../report/words/numbers.js';
import type { Comparison, ComparisonOutcome, Comparisons } from './comparison.js';

/** The outcome of a comparison, as reports show it. */

/** What decides word and colour of an outcome. */
export type Outcome = Pick<Comparison, 'outcome' | 'onlyCounts' | 'notAsExpected'>;

export const OUTCOME_WORDS: Record<ComparisonOutcome, string> = {
  regression: 'REGRESSION',
  'no-regression': 'NO REGRESSION',
  'not-comparable': "CAN'T COMPARE",
};

const LOOKS = {
  regression: 'fail',
  'no-regression': 'pass',
  'not-comparable': 'inconclusive',
} as const satisfies Record<ComparisonOutcome, string>;

/** Whether nothing got worse, but only counts of violations could be compared. */
export function isOnlyCounts({ outcome, onlyCounts }: Outcome): boolean {
  return outcome === 'no-regression' && onlyCounts === true;
}

/** Whether nothing got worse, but the run fails, or does not show what it should, as the baseline did. */
export function isNotAsExpected({ outcome, notAsExpected }: Outcome): boolean {
  return outcome === 'no-regression' && notAsExpected === true;
}

export function outcomeWord(one: Outcome): string {
  if (isNotAsExpected(one)) return 'NO REGRESSION, NOT AS EXPECTED';
  return isOnlyCounts(one) ? 'NO REGRESSION IN COUNTS' : OUTCOME_WORDS[one.outcome];
}

export function outcomeLook(one: Outcome): (typeof LOOKS)[ComparisonOutcome] {
  return isOnlyCounts(one) || isNotAsExpected(one) ? 'inconclusive' : LOOKS[one.outcome];
}

const GRAVEST = ['fail', 'inconclusive', 'pass'] as const;

/** Regressions first, then what could not be compared, or not all of it. */
export function gravestFirst<T extends Outcome>(all: readonly T[]): T[] {
  return GRAVEST.flatMap((look) => all.filter((one) => outcomeLook(one) === look));
}

/** What decides the outcome of several comparisons. */
export type Whole = Pick<Comparisons, 'exitCode' | 'missing'> & { comparisons: readonly Outcome[] };

/**
 * Such as `10 of 12 runs of the baseline have no result here`; undefined where every run of the baseline has one. A
 * file of an earlier version does not name the missing runs, but its exit code tells that there are some.
 */
export function partialText({ comparisons, missing = [], exitCode }: Whole): string | undefined {
  if (missing.length > 0)
    return `${count(missing.length)} of ${plural(comparisons.length + missing.length, 'run')} of the baseline ${missing.length === 1 ? 'has' : 'have'} no result here`;
  const isTold = comparisons.some(({ outcome }) => outcome !== 'no-regression');
  return exitCode === EXIT.inconclusive && !isTold
    ? '1 or more runs of the baseline have no result here'
    : undefined;
}

/** The outcome of several comparisons as one: the gravest. What is missing can't be compared. */
export function wholeOutcome(whole: Whole): Outcome {
  const worst = gravestFirst(whole.comparisons)[0] ?? { outcome: 'not-comparable' };
  const isPartial = worst.outcome === 'no-regression' && partialText(whole) !== undefined;
  return isPartial ? { outcome: 'not-comparable' } : worst;
}
