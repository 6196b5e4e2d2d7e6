import type { ComparisonOutcome } from './model.js';

/** What a comparison came to, as it is told. */
export const OUTCOME_WORDS: Record<ComparisonOutcome, string> = {
  regression: 'REGRESSION',
  'no-regression': 'NO REGRESSION',
  'not-comparable': "CAN'T COMPARE",
};
