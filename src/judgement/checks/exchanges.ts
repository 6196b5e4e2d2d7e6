import type { ExchangeFigures } from '../../results/exchanges.js';
import type { ScheduleFigures } from '../../results/case.js';
import type { Family } from '../../protocol/phases.js';
import type { OfferedLoad } from '../../evidence/evidence.js';
import { idBitsOf } from '../../scenario/transaction-ids.js';
import { startsOf, type Stage } from '../../scenario/stages.js';
import type { Scenario } from '../../scenario/schema.js';
import type { ExchangeEnds } from '../fold/exchange-ends.js';

export interface ExchangesInput {
  name: string;
  family: Family;
  servers: number;
  schedule: ScheduleFigures;
  /** How many transaction numbers were given out. */
  transactions: number;
  ends: ExchangeEnds;
  /** Requests that servers can be expected to have left unanswered because there was no free lease. */
  refusedSilently: number;
}

export function exchangeFigures(
  input: ExchangesInput,
  load: Scenario['load'] | undefined,
  offered: readonly OfferedLoad[],
  limits: Pick<Scenario['limits'], 'maxStartLatenessMs'>,
): ExchangeFigures {
  const { started, restarts, refused, unheard, ...ends } = input.ends;
  // Where each message goes to every server, all servers are silent about the same message.
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

/**
 * First attempts a second on each server, the mean of the stages; null for an avalanche, which starts all at once.
 */
function offeredRate({ arrival, stages, ratePerServer }: Scenario['load']): number | null {
  if (arrival === 'avalanche') return null;
  if (stages === undefined) return ratePerServer;
  const sum = (of: (stage: Stage) => number) => stages.reduce((all, one) => all + of(one), 0);
  return sum(startsOf) / sum(({ seconds }) => seconds);
}

/**
 * Percent of the planned starts that were made, reduced if they were made more slowly than planned. The tolerated
 * lateness is subtracted from the time that the starts took, so that the timer's grain does not decide about a burst
 * of a few milliseconds.
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
