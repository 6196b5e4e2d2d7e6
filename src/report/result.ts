import { z } from 'zod';
import { VERDICTS, WITNESS_KINDS } from '../analysis/model.js';
import {
  accompanyingSchema,
  caseAuditSchema,
  identitySchema,
  rowsOnNodesSchema,
  runAuditSchema,
} from './audit-schema.js';

/**
 * `result.json`: the contract of DESIGN, and the source of its JSON Schema. A field that changes its meaning
 * raises `schemaVersion`; new ones may be added. Percentages and ratios have two decimals, times three.
 */

export const RESULT_SCHEMA_VERSION = 1;

const count = z.int().min(0);
const percent = z.number().min(0).nullable().describe('null where there is nothing to divide by');
const verdict = z.enum(VERDICTS);
const time = z.iso.datetime();

/** Null only in what others recorded, where it does not tell: see `source.untold`. */
const told = count.nullable().describe('null where a source of others does not tell');

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

const milliseconds = z.number().min(0).nullable();
const latency = z
  .object({
    p50: milliseconds,
    p90: milliseconds,
    p99: milliseconds,
    max: milliseconds,
    answered: count,
    timeouts: count.describe('transactions without an answer, which are not in the percentiles'),
  })
  .describe('milliseconds from the intended send time, nearest rank, over answered transactions');

const server = z.object({
  name: z.string(),
  requests: told,
  responses: count,
  outcomes,
  latencyMs: latency.nullable(),
});

const phase = z.object({
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

const witness = z.object({
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

const comparison = z.object({
  table: z.enum(['galera', 'percona']),
  source: z.string(),
  phases: z.array(
    z.object({
      phase: z.string(),
      published: z.object({
        duplicateLeases: count,
        responses: count,
        duplicatePercent: z.number(),
        appearancePercent: z.number().nullable(),
        line: z.string(),
      }),
      word: z.enum(['reproduced', 'not-reproduced', 'not-comparable']),
      reasons: z.array(z.string()),
    }),
  ),
});

const counts = z.array(count);
const series = z
  .object({
    bucketMs: z.int().min(1),
    offered: counts
      .nullable()
      .describe('exchanges due to start; null where a source of others has no schedule'),
    started: counts.describe('exchanges that did start'),
    requests: counts.describe('messages sent, retransmissions apart'),
    answers: counts.describe('answers that reached their client'),
    leases: counts.describe('answers with a lease in a committing phase'),
  })
  .describe("events in buckets of equal length from the run's start");

const caseResult = z.object({
  name: z.string(),
  servers: count,
  clients: count,
  clientsWithLease: told.describe('clients holding a lease at the end'),
  committingLeases: count,
  heldConcurrently: count.describe('leases that two clients held at the same time'),
  overlappingLeases: count.describe("leases inside another client's prefix at the same time"),
  witnesses: z.array(witness),
  witnessesOmitted: count,
  phases: z.array(phase),
  schedule: z.object({ starts: count, durationUs: z.number(), latenessP99Ms: milliseconds }).nullable(),
  series: series.nullable().optional().describe('null where a source of others tells no times'),
  audit: caseAuditSchema.nullable().describe('the audit of the lease tables; null where none was made'),
  published: comparison.nullable(),
});

const environment = z.object({
  kea: z.object({
    version: z.string(),
    allocator: z.string().describe('of addresses, as the server says; empty where it was not asked'),
    pdAllocator: z.string().nullable().optional().describe('of prefixes; null where nothing delegates any'),
    offerLifetime: count
      .nullable()
      .optional()
      .describe('DHCPv4: seconds for which an offer reserves its address, 0 for not at all'),
    threads: count.describe('0: off'),
  }),
  database: z.object({
    flavor: z.string(),
    version: z.string(),
    wsrepProvider: z.string(),
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  node: z.string().describe('of Node.js'),
  cpus: z.int().min(1),
});

const source = z.object({
  kind: z.enum(['perfdhcp', 'capture']),
  files: z.array(z.string()),
  untold: z.array(z.string()).describe('what it does not tell, a sentence each; the figures are null'),
  notes: z.array(z.string()).describe('how it was read'),
});

export const resultSchema = z.object({
  schemaVersion: z.literal(RESULT_SCHEMA_VERSION),
  tool: z.object({ name: z.string(), version: z.string() }),
  scenario: z.object({
    name: z.string(),
    effective: z.record(z.string(), z.unknown()),
    seed: told,
    argv: z.array(z.string()),
  }),
  startedAt: time.nullable().describe('null where a source of others does not tell'),
  finishedAt: time.nullable().describe('null for a run that was killed, too'),
  verdict,
  expectedVerdict: verdict,
  exitCode: count,
  environment: environment.nullable().describe('null for what others recorded'),
  source: source.nullable().describe('null for a run of this program'),
  cases: z.array(caseResult),
  audit: runAuditSchema.nullable().optional().describe('the audit as far as it is about nodes'),
  sockets: z
    .array(
      z.object({
        socket: z.string(),
        drops: count.describe('datagrams dropped for want of buffer space'),
        sendErrors: count.nullable().describe("that could not be sent; null for a server's socket"),
      }),
    )
    .optional()
    .describe('what was lost at each socket of the run'),
  accompanying: accompanyingSchema.nullable().optional(),
  checks: z.array(
    z.object({
      name: z.string().min(1).describe('of a check that the scenario states: its text'),
      case: z.string(),
      phase: z.string(),
      expected: z.string(),
      actual: z.string(),
      verdict,
    }),
  ),
});

export type Result = z.output<typeof resultSchema>;
export type Environment = z.output<typeof environment>;
export type CaseResult = z.output<typeof caseResult>;

/** The schema as it is shipped, JSON Schema 2020-12. */
export function resultJsonSchema(): unknown {
  return z.toJSONSchema(resultSchema);
}
