import type { ComparisonOutcome } from './comparison.js';

/** The outcome of a comparison, as reports show it. */
export const OUTCOME_WORDS: Record<ComparisonOutcome, string> = {
  regression: 'REGRESSION',
  'no-regression': 'NO REGRESSION',
  'not-comparable': "CAN'T COMPARE",
};
