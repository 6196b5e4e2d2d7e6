import type { Limit, Trial } from '../report/limit-schema.js';
import type { Suite } from '../report/suite-result.js';

/** The answer of a suite that searches for the highest rate. It heads the reports of the suite. */

/**
 * The limits that a suite found. `find-limit` has one for all cases together, a suite with `highestRate` has one for
 * each case. Empty for other suites.
 */
export function limitsOf({ limit, limits = [] }: Pick<Suite, 'limit' | 'limits'>): Limit[] {
  return limit === undefined ? limits : [limit];
}

/**
 * Such as `47.6 a second on each server`, or `dhcp4 100, dhcp6-ia-na 50 a second on each server`. Undefined for a
 * suite without limits.
 */
export function answerHead(suite: Pick<Suite, 'limit' | 'limits'>): string | undefined {
  const limits = limitsOf(suite);
  const [first] = limits;
  if (first === undefined) return undefined;
  if (limits.every(({ highestPerServer }) => highestPerServer === null)) return 'No rate held';
  const rates = limits.map(({ highestPerServer }) => String(highestPerServer ?? 'none'));
  const isSame = new Set(rates).size === 1;
  const each = isSame
    ? (rates[0] ?? '')
    : limits.map(({ cases }, index) => `${cases.join('+')} ${rates[index] ?? ''}`).join(', ');
  return `${each} a second on each server`;
}

/** The answer in sentences. */
export function answerSentences(suite: Pick<Suite, 'limit' | 'limits'>): string[] {
  return limitsOf(suite).flatMap(({ answer }) => answer);
}

/** The trials of a limit, from the lowest rate to the highest. */
export function risingTrials({ trials }: Limit): Trial[] {
  return [...trials].sort((a, b) => a.ratePerServer - b.ratePerServer);
}
