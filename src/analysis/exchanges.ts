import type { Family } from '../protocol/phases.js';
import type { OfferedLoad } from '../evidence/model.js';
import { idBitsOf } from '../scenario/transaction-ids.js';
import { startsOf, type Stage } from '../scenario/stages.js';
import type { Scenario } from '../scenario/schema.js';
import type { ExchangeEnds } from './exchange-ends.js';
import type { ScheduleFigures } from './model.js';

/**
 * The exchanges of a case as a stress test counts them. An exchange is one attempt of a client, from its DISCOVER or
 * SOLICIT to the answer to its REQUEST: four messages where all goes well.
 */
export interface ExchangeFigures {
  /** Exchanges started, all attempts. */
  started: number;
  /** Of these, the ones that a client started because the one before came to nothing. */
  restarts: number;
  /** Ended by a NAK, a status code, a zero lifetime, by one of two leases, or by silence for want of a lease. */
  refused: number;
  /** Ended by an answer that came after `load.timeoutMs`, could not be read, or did not come at all. */
  withoutTimelyAnswer: number;
  /** Of those started; null where none was. What perfdhcp counts as drops, and ISC allows 2.5% of. */
  withoutTimelyAnswerPercent: number | null;
  /** First attempts a second on each server that the scenario asks for, over all stages; null for an avalanche. */
  offeredPerServer: number | null;
  /** Of these, those that were made, as fast as they were; null where nobody planned any. */
  achievedPerServer: number | null;
  /** How often all transaction ids were used up, and used again. */
  timesThroughIds: number | null;
}

export interface ExchangesInput {
  name: string;
  family: Family;
  servers: number;
  schedule: ScheduleFigures;
  /** Numbers of transactions given out. */
  transactions: number;
  ends: ExchangeEnds;
  /** Requests that were left unanswered for want of a lease, where that is to be expected. */
  refusedSilently: number;
}

export function exchangeFigures(
  input: ExchangesInput,
  load: Scenario['load'] | undefined,
  offered: readonly OfferedLoad[],
  limits: Pick<Scenario['limits'], 'maxStartLatenessMs'>,
): ExchangeFigures {
  const { started, restarts, refused, unheard, ...ends } = input.ends;
  // Where each message goes to every server, all of them are silent about the same one.
  const atOnce = load?.fanout === 'all' ? input.servers : 1;
  const silent = Math.min(unheard, Math.floor(input.refusedSilently / atOnce));
  const withoutTimelyAnswer = ends.withoutTimelyAnswer - silent;
  const offeredPerServer = load === undefined ? null : offeredRate(load);
  const achieved = achievedPercent(input, offered, limits);
  return {
    started,
    restarts,
    refused: refused + silent,
    withoutTimelyAnswer,
    withoutTimelyAnswerPercent: started === 0 ? null : (100 * withoutTimelyAnswer) / started,
    offeredPerServer,
    achievedPerServer:
      offeredPerServer === null || achieved === null ? null : (offeredPerServer * achieved) / 100,
    timesThroughIds: load === undefined ? null : input.transactions / 2 ** idBitsOf(input.family, load),
  };
}

/** First attempts a second on each server, the mean of its stages; null where they are all at once. */
function offeredRate({ arrival, stages, ratePerServer }: Scenario['load']): number | null {
  if (arrival === 'avalanche') return null;
  if (stages === undefined) return ratePerServer;
  const sum = (of: (stage: Stage) => number) => stages.reduce((all, one) => all + of(one), 0);
  return sum(startsOf) / sum(({ seconds }) => seconds);
}

/**
 * Starts made, and made as fast as planned, of those planned. The tolerated lateness is taken off the time they took, so
 * that a burst of a few milliseconds isn't judged by the timer's grain.
 *
 * @returns null where nobody planned any
 */
export function achievedPercent(
  { name, schedule }: Pick<ExchangesInput, 'name' | 'schedule'>,
  offered: readonly OfferedLoad[],
  { maxStartLatenessMs }: Pick<Scenario['limits'], 'maxStartLatenessMs'>,
): number | null {
  const planned = offered.find((one) => one.case === name);
  if (planned === undefined || planned.plannedStarts === 0) return null;
  const { starts, durationUs } = schedule;
  const took = Math.max(durationUs - maxStartLatenessMs * 1000, planned.plannedDurationUs);
  const pace = took === 0 ? 1 : planned.plannedDurationUs / took;
  return (100 * starts * pace) / planned.plannedStarts;
}
