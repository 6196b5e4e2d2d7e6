import { z } from 'zod';
import { count, percent, ratio } from './registry/figure.js';

/**
 * The exchanges of a case as a stress test counts them. An exchange is one attempt of a client, from its DISCOVER or
 * SOLICIT to the answer to its REQUEST: four messages where all goes well.
 */
export const exchangesSchema = z
  .object({
    started: count('exchanges started, all attempts: DISCOVER or SOLICIT to the answer to the REQUEST'),
    restarts: count("of these, started because the client's previous attempt failed"),
    refused: count(
      'ended by a NAK, a status code, a zero lifetime, only one of two leases, or silence because no lease was free',
    ),
    withoutTimelyAnswer: count(
      'ended by an answer that came after load.timeoutMs, could not be read, or did not come at all',
    ),
    // perfdhcp counts these exchanges as drops. ISC allows 2.5% of them.
    withoutTimelyAnswerPercent: percent('the same in percent of those started; null where none was'),
    // The mean of all stages.
    offeredPerServer: ratio('offered rate: first attempts per second on each server; null for an avalanche'),
    // The planned rate times the part of the planned starts that was made in time.
    achievedPerServer: ratio('achieved rate: first attempts per second on each server'),
    timesThroughIds: ratio(
      'transactions divided by the number of transaction ids: above 1, ids were used again',
    ),
  })
  .describe('attempts of clients, from DISCOVER or SOLICIT to the answer to the REQUEST');

export type ExchangeFigures = z.output<typeof exchangesSchema>;
