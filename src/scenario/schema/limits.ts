import { z } from 'zod';
import { milliseconds, percent } from './primitives.js';

/** `limits`: what a run must reach to count at all. */
export const limits = z
  .strictObject({
    minAnsweredPercent: percent
      .default(95)
      .describe('the run is inconclusive if a smaller share of the first-phase transactions got any answer'),
    minRatePercent: percent
      .default(95)
      .describe('the run is inconclusive if it reached a smaller share of the offered rate'),
    maxStartLatenessMs: milliseconds
      .default(50)
      .describe(
        'the run is inconclusive if fewer than 99% of the starts were sent within this time of the schedule',
      ),
    minActsPercent: percent
      .default(50)
      .describe(
        'the run is inconclusive if a smaller share of the acts due by load.life was made; an act is not made if no client with a lease is free for it',
      ),
    maxDroppedDatagrams: z
      .int()
      .min(0)
      .default(0)
      .describe(
        'the run is inconclusive if more datagrams were dropped at the sockets of servers and harness',
      ),
    maxDroppedAtServers: z
      .int()
      .min(0)
      .optional()
      .describe(
        "the same limit for the servers' sockets only, for loads that are meant to overrun them; by default both are counted together",
      ),
    maxClockDifferenceMs: milliseconds
      .default(1_000)
      .describe(
        'the run fails if the times of servers that share leases are further apart than this, beyond the uncertainty',
      ),
    maxMemoryMiB: z
      .int()
      .min(1)
      .default(600)
      .describe('the run is inconclusive if the harness itself had more resident memory'),
    maxMemoryGrowthPercent: z
      .number()
      .min(0)
      .max(10_000)
      .optional()
      .describe(
        "the run is inconclusive if the harness's median memory in the second half of the load exceeded that of the first half by more than this; not checked by default",
      ),
  })
  .prefault({})
  .describe(
    'what a run must reach to count at all; otherwise the verdict is inconclusive, and with maxClockDifferenceMs it is fail',
  );
