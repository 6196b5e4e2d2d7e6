/** The names of the checks that are always on. */

export const CONFORMANCE_CHECKS = [
  'conformance.heldConcurrently',
  'conformance.overlappingLeases',
  'conformance.wrongClient',
  'conformance.wrongServer',
  'conformance.secondLease',
  'conformance.declinedReused',
  'conformance.leaseKept',
  'conformance.reserved',
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
  'audit.statistics',
] as const;

/** The checks of what the nodes' binary logs say. */
export const COMMIT_CHECKS = [
  'commits.made',
  'commits.order',
  'commits.owners',
  'commits.answers',
  'commits.told',
] as const;

/** The check of the servers' times. */
export const CLOCK_CHECK = 'servers.clocks';

/** Checks that are always on, and that a scenario may name as known failures where a cause explains them. */
export const KNOWABLE_CHECKS = [...CONFORMANCE_CHECKS, ...AUDIT_CHECKS] as const;
export type KnowableCheck = (typeof KNOWABLE_CHECKS)[number];

/** The checks that are always on. */
export const CHECK_NAMES = [
  ...CONFORMANCE_CHECKS,
  'run.deaths',
  'run.interrupted',
  'run.endedEarly',
  'run.drops',
  'run.sendErrors',
  'run.memory',
  'run.memoryGrowth',
  'load.answered',
  'load.committed',
  'load.rate',
  'load.lateness',
  'load.acts',
  ...AUDIT_CHECKS,
  ...COMMIT_CHECKS,
  CLOCK_CHECK,
  'load.lost',
  'faults.done',
  'faults.minorityCommits',
  'faults.servedAgain',
  'source.complete',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];
