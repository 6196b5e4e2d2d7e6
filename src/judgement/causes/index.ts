import type { CauseId } from '../../scenario/known-causes.js';
import type { Cause } from './cause.js';
import { declineLostRace } from './decline-lost-race.js';
import { doubledAbort } from './doubled-abort.js';
import { fullPool } from './full-pool.js';
import { releaseLostRace } from './release-lost-race.js';
import { staleRead } from './stale-read.js';

export type { Cause, CauseContext, SilenceKind } from './cause.js';

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
};
