import { z } from 'zod';
import { WITNESS_KINDS } from '../analysis/model.js';
import { identitySchema, rowsOnNodesSchema } from './audit-schema.js';

/** The schemas of a phase and of a witness in `result.json`. */

export const count = z.int().min(0);
const percent = z.number().min(0).nullable().describe('null where there is nothing to divide by');

/** Null only for recorded exchanges whose source does not tell the count: see `source.untold`. */
export const told = count.nullable().describe('null if a capture or log does not tell it');

const outcomes = z
  .object({
    lease: count.describe('answered with a lease in time'),
    nak: told.describe('answered with a NAK'),
    'no-lease': count.describe('answered with a status code or a zero lifetime instead of a lease'),
    partial: count.describe('answered with one of the two leases asked for'),
    timeout: told.describe('without an answer'),
    late: told.describe('answered with a lease after the timeout'),
    malformed: told.describe("answered with a message that can't be decoded"),
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
    p50: milliseconds.describe('half of them within'),
    p90: milliseconds.describe('90% of them within'),
    p99: milliseconds.describe('99% of them within'),
    p999: milliseconds.optional().describe('99.9% of them within'),
    max: milliseconds.describe('all of them within; exact'),
  })
  .describe('milliseconds by nearest rank, of a histogram: up to 2 ms exact, above at most 0.1% too long');

const latency = percentiles
  .extend({
    answered: count.describe('transactions with an answer; the percentiles are over these'),
    timeouts: count.describe('transactions without an answer, which are not in the percentiles'),
  })
  .describe(
    'milliseconds from the intended send time, over answered transactions, by nearest rank: up to 2 ms exact, ' +
      'above at most 0.1% too long',
  );

const server = z.object({
  name: z.string().describe('of the server, such as server-1'),
  requests: told.describe('transactions started, all attempts'),
  responses: count.describe('answers that carried a lease'),
  outcomes,
  latencyMs: latency.nullable().describe('null if a capture or log has no times'),
});

export const phaseSchema = z.object({
  name: z.string().describe('such as DISCOVER-OFFER'),
  leaseType: z.enum(['address', 'prefix']).describe('what was counted; a prefix counts with its length'),
  committing: z.boolean().describe('whether an answer of this phase gives the client the lease'),
  firstAttempt: sharing.describe("over each client's first attempt, as the article counts"),
  allAttempts: sharing
    .nullable()
    .describe(
      'the same over all attempts; null if a capture or log does not show which attempt is the first',
    ),
  outcomes: outcomes.describe('exactly one for each transaction, all attempts'),
  firstAttemptOutcomes: outcomes.describe('the same for first attempts'),
  withoutOffer: told.describe('clients whose first attempt ended before this phase'),
  refusals: z
    .object({
      reasons: z
        .array(
          z.object({
            reason: z.string().describe('NAK, the name of a DHCPv6 status code, or zero lifetime'),
            firstAttempt: count.describe('how often in first attempts'),
            allAttempts: count.describe('how often in all attempts'),
          }),
        )
        .describe('why, in timely first answers'),
      clients: count.describe('clients refused in their first attempt'),
      clientsServedLater: told.describe('of these, given a lease in a later attempt'),
    })
    .describe('answers without a lease'),
  extraAnswers: told.describe('answers beyond the first to the same transaction'),
  extraAnswersOtherLease: told.describe('of these, naming another lease than the first answer'),
  secondLeases: told.optional().describe('extra answers that leave a server committed to two leases at once'),
  wrongClient: told.describe('answers with the identity of another client'),
  wrongClientLeases: told.describe('of these, the committing ones that gave a lease'),
  wrongServer: told.describe('answers from another server than the one asked, or that name another server'),
  wrongServerLeases: told.optional().describe('of these, the committing ones that gave a lease'),
  unmatched: told.describe('answers to a transaction id that was never sent'),
  substituted: count.describe('first answers naming another lease than the offer'),
  latencyMs: latency.nullable().describe('all attempts; null if a capture or log has no times'),
  perServer: z.array(server).describe('the same by server, all attempts'),
});

/** Attributes that two different clients may share. */
export const SHARED = ['hardware address', 'client identifier'] as const;
export type Shared = (typeof SHARED)[number];

export const witnessSchema = z.object({
  kind: z.enum(WITNESS_KINDS).describe('what was seen'),
  phase: z
    .string()
    .nullable()
    .optional()
    .describe('the phase of a single exchange; null if the witness is about holdings'),
  lease: z.string().describe('the lease concerned; empty for unanswered'),
  otherLease: z
    .string()
    .nullable()
    .describe('overlapping: the prefix it lies in; extra-answer: the lease of the first answer'),
  holders: z
    .array(
      z.object({
        client: count.describe('its number in its case'),
        caseIndex: count
          .optional()
          .describe("index of the client's case, if it is another case than the one that lists the witness"),
        case: z.string().optional().describe('the name of that case'),
        identity: identitySchema.nullable().optional().describe('its identity, in hexadecimal'),
        network: z
          .string()
          .optional()
          .describe('the VLAN of the client, in a capture whose VLANs count as one network: `VLAN 100`'),
        server: z.string().describe('the server that the answer came from'),
        lease: z.string().describe('the lease that the client held'),
        fromUs: z.number().nullable().describe("since when, in microseconds since the run's start"),
        untilUs: z.number().nullable().describe('until when; null: without end'),
      }),
    )
    .describe('the clients concerned'),
  shared: z
    .array(z.enum(SHARED))
    .optional()
    .describe(
      'identity fields that two of the clients share, so that they may be one machine; absent if none',
    ),
  held: z
    .array(
      z.object({
        lease: z.string().describe('an address or a prefix'),
        server: z.string().describe('the server that gave it first'),
        fromUs: z.number().describe("when that answer arrived, microseconds since the run's start"),
        last: z
          .object({ server: z.string().describe('its server'), atUs: z.number().describe('when it arrived') })
          .describe('the latest answer that gave or prolonged it'),
      }),
    )
    .readonly()
    .optional()
    .describe('not-kept: what the client held when it asked'),
  rows: rowsOnNodesSchema.optional().describe('the rows of lease, then of otherLease, on every node'),
});
