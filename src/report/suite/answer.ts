import type { Limit, Trial } from './limit-schema.js';
import type { Suite } from './suite-result.js';

/** What a suite that looks for the highest rate is headed by: its answer. */

/** Of find-limit one for all cases together, of a suite with `highestRate` one a case; empty for other suites. */
export function limitsOf({ limit, limits = [] }: Pick<Suite, 'limit' | 'limits'>): Limit[] {
  return limit === undefined ? limits : [limit];
}

/** `47.6 a second on each server`; `dhcp4 100, dhcp6-ia-na 50 a second on each server`; undefined for other suites. */
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

/** The same in sentences. */
export function answerSentences(suite: Pick<Suite, 'limit' | 'limits'>): string[] {
  return limitsOf(suite).flatMap(({ answer }) => answer);
}

/** From the lowest rate to the highest. */
export function risingTrials({ trials }: Limit): Trial[] {
  return [...trials].sort((a, b) => a.ratePerServer - b.ratePerServer);
}
