/**
 * The checks and causes that a scenario may name as a known failure. Schema, judgement and catalogue share these
 * names. The meaning of each cause, and the evidence for it, is in `analysis/causes`.
 */

export const CONFORMANCE_CHECKS = [
  'conformance.heldConcurrently',
  'conformance.overlappingLeases',
  'conformance.wrongClient',
  'conformance.wrongServer',
  'conformance.secondLease',
  'conformance.declinedReused',
  'conformance.leaseKept',
] as const;

export const AUDIT_CHECKS = [
  'audit.made',
  'audit.sameRows',
  'audit.stored',
  'audit.identity',
  'audit.expiry',
  'audit.untold',
  'audit.pools',
  'audit.oneLease',
  'audit.givenBack',
  'audit.counters',
] as const;

/** Checks that are always on, and that a scenario may name as known failures where a cause explains them. */
export const KNOWABLE_CHECKS = [...CONFORMANCE_CHECKS, ...AUDIT_CHECKS] as const;
export type KnowableCheck = (typeof KNOWABLE_CHECKS)[number];

/**
 * The causes of the catalogue, each with the checks whose violations it can explain one by one. No cause explains a
 * lease that two clients hold at the same time: nothing in the evidence tells a harmless one from a duplicate.
 */
export const EXPLAINED_BY = {
  'stale-read': ['conformance.leaseKept', 'audit.oneLease'],
  'release-lost-race': ['audit.givenBack'],
  'decline-lost-race': ['conformance.declinedReused', 'audit.givenBack'],
  'full-pool': [],
  'doubled-abort': [],
} as const satisfies Readonly<Record<string, readonly KnowableCheck[]>>;

export type CauseId = keyof typeof EXPLAINED_BY;
export const CAUSE_IDS = Object.keys(EXPLAINED_BY) as [CauseId, ...CauseId[]];

export function explains(cause: CauseId, check: string): boolean {
  const checks: readonly string[] = EXPLAINED_BY[cause];
  return checks.includes(check);
}
