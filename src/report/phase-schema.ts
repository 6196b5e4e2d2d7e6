import { z } from 'zod';
import { WITNESS_KINDS } from '../analysis/model.js';
import { identitySchema, rowsOnNodesSchema } from './audit-schema.js';

/** The part of `result.json` that tells of one phase, and of a witness. */

export const count = z.int().min(0);
const percent = z.number().min(0).nullable().describe('null where there is nothing to divide by');

/** Null only in what others recorded, where it does not tell: see `source.untold`. */
export const told = count.nullable().describe('null where a source of others does not tell');

const outcomes = z
  .object({
    lease: count,
    nak: told,
    'no-lease': count,
    partial: count,
    timeout: told,
    late: told,
    malformed: told,
  })
  .describe('exactly one for each transaction');

const sharing = z.object({
  requests: told.describe('transactions started'),
  responses: count.describe('N: first answers that carried a lease, timely or late'),
  distinctLeases: count.describe('D: distinct leases in them'),
  duplicateLeases: count.describe('d: leases given to two or more different clients'),
  duplicatePercent: percent.describe('100 d/N'),
  appearancePercent: percent.describe('100 d/D'),
  allocationsPerDistinctLease: percent.describe('allocations of duplicate leases, over D'),
  sharing: z.record(z.string(), count).describe('leases given to exactly k different clients, by k'),
});

export const milliseconds = z.number().min(0).nullable();

/** `p999` is absent in results of earlier versions. */
export const percentiles = z
  .object({
    p50: milliseconds,
    p90: milliseconds,
    p99: milliseconds,
    p999: milliseconds.optional().describe('99.9%'),
    max: milliseconds.describe('exact'),
  })
  .describe('milliseconds by nearest rank, of a histogram: up to 2 ms exact, above at most 0.1% too long');

const latency = percentiles
  .extend({
    answered: count,
    timeouts: count.describe('transactions without an answer, which are not in the percentiles'),
  })
  .describe(
    'milliseconds from the intended send time, over answered transactions, by nearest rank: up to 2 ms exact, ' +
      'above at most 0.1% too long',
  );

const server = z.object({
  name: z.string(),
  requests: told,
  responses: count,
  outcomes,
  latencyMs: latency.nullable(),
});

export const phaseSchema = z.object({
  name: z.string(),
  leaseType: z.enum(['address', 'prefix']),
  committing: z.boolean(),
  firstAttempt: sharing,
  allAttempts: sharing.nullable().describe('null where a source of others does not tell attempts apart'),
  outcomes: outcomes.describe('of all attempts'),
  firstAttemptOutcomes: outcomes,
  withoutOffer: told.describe('clients whose first attempt never got this far'),
  refusals: z.object({
    reasons: z.array(z.object({ reason: z.string(), firstAttempt: count, allAttempts: count })),
    clients: count.describe('refused in their first attempt'),
    clientsServedLater: told.describe('of these, given a lease in a later attempt'),
  }),
  extraAnswers: told,
  extraAnswersOtherLease: told,
  secondLeases: told.optional().describe('extra answers that leave a server committed to two leases at once'),
  wrongClient: told,
  wrongClientLeases: told,
  wrongServer: told,
  unmatched: told,
  substituted: count,
  latencyMs: latency.nullable(),
  perServer: z.array(server),
});

export const witnessSchema = z.object({
  kind: z.enum(WITNESS_KINDS),
  phase: z.string().nullable().optional().describe('of a single exchange'),
  lease: z.string().describe('empty for unanswered'),
  otherLease: z.string().nullable(),
  holders: z.array(
    z.object({
      client: count,
      identity: identitySchema.nullable().optional(),
      server: z.string(),
      lease: z.string(),
      fromUs: z.number().nullable().describe("microseconds since the run's start"),
      untilUs: z.number().nullable(),
    }),
  ),
  rows: rowsOnNodesSchema.optional().describe('of lease, then of otherLease'),
});
