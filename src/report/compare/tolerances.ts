import { z } from 'zod';

/**
 * How much a figure may differ from its baseline before the difference counts as a regression. Counts of violations
 * have no tolerance: one more is a regression.
 */

const points = z.number().min(0).max(100);
const percent = z.number().min(0).max(100_000);

/**
 * The tolerance of one percentile. The larger of the two values applies, so that 0.6 ms after 0.3 ms is no
 * regression.
 */
const latency = (ms: number) =>
  z
    .strictObject({
      percent: percent.default(50).describe('how much slower than the baseline, in percent of it'),
      ms: z
        .number()
        .min(0)
        .max(3_600_000)
        .default(ms)
        .describe('a difference up to this many milliseconds is allowed'),
    })
    .prefault({});

export const tolerancesSchema = z.strictObject({
  firstPhase: z
    .strictObject({
      duplicatePercent: points
        .default(3)
        .describe(
          'points, either way: the first phase must come out the same, whether that looks better or worse',
        ),
      appearancePercent: points.default(15).describe('points, either way'),
      responsesPercent: points.default(2).describe('points fewer first attempts that are offered a lease'),
    })
    .prefault({})
    .describe('the phase that commits nothing; its duplicates are by design'),
  committing: z
    .strictObject({
      responsesPercent: points
        .default(20)
        .describe('points fewer first attempts that are given their lease at once, and not refused'),
    })
    .prefault({})
    .describe('the phases whose answer gives the lease'),
  answeredPercent: points.default(1).describe('points fewer transactions answered in time, of all attempts'),
  clientsWithLeasePercent: points
    .default(1)
    .describe(
      'points fewer clients that hold a lease at the end; not compared where clients give leases back',
    ),
  latency: z
    .strictObject({
      p50: latency(5).describe('half of the answers came within'),
      p90: latency(10).describe('90% of the answers came within'),
      p99: latency(20).describe('99% of the answers came within'),
    })
    .prefault({})
    .describe('milliseconds from the intended send time, phase by phase'),
  ratePercent: points
    .default(5)
    .describe(
      'by how many points the achieved share of the planned rate may fall; the rate of an avalanche is not compared',
    ),
});

/** Every tolerance, defaults filled in. */
export type Tolerances = z.output<typeof tolerancesSchema>;

export const DEFAULT_TOLERANCES: Tolerances = tolerancesSchema.parse({});
