import { z } from 'zod';
import { later, phaseName, told, whole, type Judged } from './registry/figure.js';

/** The schema of the figures of one case over time. */

const counts = z.array(whole);
const milliseconds = z.number().min(0).nullable();

const overTime = z.object({
  p50: z.array(milliseconds).describe('half of them within, a number a bucket'),
  p99: z.array(milliseconds).describe('99% of them within'),
  max: z.array(milliseconds).describe('all of them within; exact'),
});
/** Milliseconds, one value for each bucket; null for an empty bucket. At most 0.8% too long; `max` is exact. */
export type PercentilesOverTime = z.output<typeof overTime>;

const latencySchema = z
  .object({
    bucketMs: z.int().min(1).describe('length of a bucket'),
    bandEndsMs: later(z.array(z.number())).describe(
      'the upper ends of the bands in which answers are counted; absent in results of earlier versions',
    ),
    phases: z
      .array(
        overTime.extend({
          name: phaseName.describe('such as DISCOVER-OFFER'),
          bands: later(z.array(counts)).describe(
            'for each bucket: the number of the first band with answers, from 0, and how many each band has from there on; empty for a bucket without any; absent in results of earlier versions',
          ),
        }),
      )
      .describe('of the answers, by phase, in the order of the first answers'),
    lateness: told(overTime, 'intendedTimes').describe(
      'of the starts; null for a capture or log, which has no schedule',
    ),
  })
  .describe(
    'milliseconds, by the time at which messages were due, in buckets of their own length; null for a bucket ' +
      'without any; at most 0.8% too long',
  );

/** All buckets of the counts have the same length, counted from the start of the run. */
export const seriesSchema = z
  .object({
    bucketMs: z.int().min(1).describe('length of a bucket'),
    offered: told(counts, 'intendedTimes').describe(
      'exchanges due to start; null for a capture or log, which has no schedule',
    ),
    started: counts.describe('exchanges that did start'),
    requests: counts.describe('messages sent, of all phases and attempts; retransmissions are not counted'),
    answers: counts.describe('answers that reached their client, whatever they said'),
    leases: counts.describe('answers with a lease in a committing phase'),
    refusals: later(counts).describe(
      'answers that refuse in a committing phase; absent in results of earlier versions',
    ),
    latency: later(latencySchema).describe('absent in results of earlier versions'),
  })
  .describe("events in buckets of equal length from the run's start");

export type SeriesFigures = Judged<typeof seriesSchema>;
export type LatencySeriesFigures = SeriesFigures['latency'];
