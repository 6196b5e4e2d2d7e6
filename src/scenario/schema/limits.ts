import { z } from 'zod';
import { milliseconds, percent } from './primitives.js';

/** `limits`: what a run must reach to count at all. */
export const limits = z
  .strictObject({
    minAnsweredPercent: percent
      .default(95)
      .describe('below this share of first-phase transactions with any answer the run is inconclusive'),
    minRatePercent: percent
      .default(95)
      .describe('below this share of the offered rate the run is inconclusive'),
    maxStartLatenessMs: milliseconds
      .default(50)
      .describe(
        'when 99% of the starts were not sent within this time of the schedule the run is inconclusive',
      ),
    minActsPercent: percent
      .default(50)
      .describe(
        'below this share of the acts of load.life that were due, as no client held a lease and waited for nothing, the run is inconclusive',
      ),
    maxDroppedDatagrams: z
      .int()
      .min(0)
      .default(0)
      .describe(
        'when more datagrams were dropped at the sockets of servers and harness the run is inconclusive',
      ),
    maxDroppedAtServers: z
      .int()
      .min(0)
      .optional()
      .describe(
        "the same for the servers' sockets by themselves, where a load is made to be more than they hold; by default both are counted together",
      ),
    maxMemoryMiB: z
      .int()
      .min(1)
      .default(600)
      .describe('when the harness itself had more memory resident the run is inconclusive'),
    maxMemoryGrowthPercent: z
      .number()
      .min(0)
      .max(10_000)
      .optional()
      .describe(
        "when its memory in the second half of the load was further above that of the first (medians) the run is inconclusive; by default that isn't asked",
      ),
  })
  .prefault({})
  .describe('what a run must reach to count at all: short of it the verdict is inconclusive');
