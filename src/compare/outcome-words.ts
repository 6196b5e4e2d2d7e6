import type { Comparison, ComparisonOutcome } from './comparison.js';

/** The outcome of a comparison, as reports show it. */

/** What decides word and colour of an outcome. */
export type Outcome = Pick<Comparison, 'outcome' | 'onlyCounts'>;

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

export function outcomeWord(one: Outcome): string {
  return isOnlyCounts(one) ? 'NO REGRESSION IN COUNTS' : OUTCOME_WORDS[one.outcome];
}

export function outcomeLook(one: Outcome): (typeof LOOKS)[ComparisonOutcome] {
  return isOnlyCounts(one) ? 'inconclusive' : LOOKS[one.outcome];
}

const GRAVEST = ['fail', 'inconclusive', 'pass'] as const;

/** Regressions first, then what could not be compared, or not all of it. */
export function gravestFirst<T extends Outcome>(all: readonly T[]): T[] {
  return GRAVEST.flatMap((look) => all.filter((one) => outcomeLook(one) === look));
}
