import { z } from 'zod';
import type { ExchangeFigures } from '../analysis/exchange-figures.js';

const count = z.int().min(0);
const rate = z.number().min(0).nullable();

/** The schema of the figures of exchanges in `result.json`. A stress test reads them. */
export const exchangesSchema = z
  .object({
    started: count.describe('all attempts'),
    restarts: count.describe("of these, started because the client's previous attempt failed"),
    refused: count.describe(
      'ended by a NAK, a status code, a zero lifetime, only one of two leases, or silence because no lease was free',
    ),
    withoutTimelyAnswer: count.describe(
      'ended by an answer that came after load.timeoutMs, could not be read, or did not come at all',
    ),
    withoutTimelyAnswerPercent: rate.describe('of those started; null where none was'),
    offeredPerServer: rate.describe(
      'offered rate: first attempts per second on each server; null for an avalanche',
    ),
    achievedPerServer: rate.describe('achieved rate: first attempts per second on each server'),
    timesThroughIds: rate.describe('how many times all transaction ids were used'),
  })
  .describe('attempts of clients, from DISCOVER or SOLICIT to the answer to the REQUEST');

/** The figures of exchanges in the form of `result.json`, with two decimals. */
export function exchangesResult(figures: ExchangeFigures): z.output<typeof exchangesSchema> {
  const { withoutTimelyAnswerPercent, offeredPerServer, achievedPerServer, timesThroughIds } = figures;
  return {
    ...figures,
    withoutTimelyAnswerPercent: rounded(withoutTimelyAnswerPercent),
    offeredPerServer: rounded(offeredPerServer),
    achievedPerServer: rounded(achievedPerServer),
    timesThroughIds: rounded(timesThroughIds),
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}
