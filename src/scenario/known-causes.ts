import type { KnowableCheck } from '../results/check-names.js';

/**
 * The causes that a scenario may name as a known failure. Schema, judgement and catalogue share these
 * names. The meaning of each cause, and the evidence for it, is in `judgement/causes`.
 */

/**
 * The causes of the catalogue, each with the checks whose violations it can explain one by one, so that a scenario may
 * know them. The others explain figures, or failures that stay failures. No cause explains a
 * lease that two clients hold at the same time: nothing in the evidence tells a harmless one from a duplicate.
 */
export const EXPLAINED_BY = {
  'stale-read': ['conformance.leaseKept', 'audit.oneLease'],
  'release-lost-race': ['audit.givenBack'],
  'decline-lost-race': ['conformance.declinedReused', 'audit.givenBack'],
  'full-pool': [],
  'doubled-abort': [],
  'no-retry': [],
  'statistics-conflicts': [],
  'lease-caching': [],
  'dropped-race': [],
  'queue-overflow': [],
  'other-clock': [],
  'other-time-zone': [],
  'gave-up-reconnecting': [],
  'refused-commit': [],
  'newer-schema': [],
  'negative-counters': [],
} as const satisfies Readonly<Record<string, readonly KnowableCheck[]>>;

export type CauseId = keyof typeof EXPLAINED_BY;
export const CAUSE_IDS = Object.keys(EXPLAINED_BY) as [CauseId, ...CauseId[]];

export function explains(cause: CauseId, check: string): boolean {
  const checks: readonly string[] = EXPLAINED_BY[cause];
  return checks.includes(check);
}
