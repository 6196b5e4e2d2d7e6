import { z } from 'zod';
import { count, milliseconds } from './phase-schema.js';

/** The schema of the figures of one case over time in `result.json`. */

const counts = z.array(count);

const overTime = z.object({
  p50: z.array(milliseconds).describe('half of them within, a number a bucket'),
  p99: z.array(milliseconds).describe('99% of them within'),
  max: z.array(milliseconds).describe('all of them within; exact'),
});

const latency = z
  .object({
    bucketMs: z.int().min(1).describe('length of a bucket'),
    phases: z
      .array(overTime.extend({ name: z.string().describe('such as DISCOVER-OFFER') }))
      .describe('of the answers, by phase'),
    lateness: overTime.nullable().describe('of the starts; null for a capture or log, which has no schedule'),
  })
  .describe(
    'milliseconds, by the time at which messages were due, in buckets of their own length; null for a bucket ' +
      'without any; at most 0.8% too long',
  );

export const seriesSchema = z
  .object({
    bucketMs: z.int().min(1).describe('length of a bucket'),
    offered: counts
      .nullable()
      .describe('exchanges due to start; null for a capture or log, which has no schedule'),
    started: counts.describe('exchanges that did start'),
    requests: counts.describe('messages sent, retransmissions apart'),
    answers: counts.describe('answers that reached their client'),
    leases: counts.describe('answers with a lease in a committing phase'),
    latency: latency.optional().describe('absent in results of earlier versions'),
  })
  .describe("events in buckets of equal length from the run's start");
