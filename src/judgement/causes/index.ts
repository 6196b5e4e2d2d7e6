import type { CauseId } from '../../scenario/known-causes.js';
import type { Cause } from './cause.js';
import { declineLostRace } from './decline-lost-race.js';
import { doubledAbort } from './doubled-abort.js';
import { droppedRace } from './dropped-race.js';
import { gaveUpReconnecting } from './gave-up-reconnecting.js';
import { leaseCaching } from './lease-caching.js';
import { negativeCounters } from './negative-counters.js';
import { newerSchema } from './newer-schema.js';
import { noRetry } from './no-retry.js';
import { otherClock, otherTimeZone } from './other-time.js';
import { queueOverflow } from './queue-overflow.js';
import { refusedCommit } from './refused-commit.js';
import { statisticsConflicts } from './statistics-conflicts.js';
import { fullPool } from './full-pool.js';
import { releaseLostRace } from './release-lost-race.js';
import { staleRead } from './stale-read.js';

export type { Cause, CauseContext, SilenceKind } from './cause.js';
export type { CaseInRun, RunContext } from './run-context.js';

/**
 * The catalogue of known causes. A new cause is a file in this folder, and an entry here and in
 * `scenario/known-causes.ts`, which says which checks the cause explains.
 */
export const CAUSES: Readonly<Record<CauseId, Cause>> = {
  'stale-read': staleRead,
  'release-lost-race': releaseLostRace,
  'decline-lost-race': declineLostRace,
  'full-pool': fullPool,
  'doubled-abort': doubledAbort,
  'no-retry': noRetry,
  'statistics-conflicts': statisticsConflicts,
  'lease-caching': leaseCaching,
  'dropped-race': droppedRace,
  'queue-overflow': queueOverflow,
  'other-clock': otherClock,
  'other-time-zone': otherTimeZone,
  'gave-up-reconnecting': gaveUpReconnecting,
  'refused-commit': refusedCommit,
  'newer-schema': newerSchema,
  'negative-counters': negativeCounters,
};
