import { z } from 'zod';
import { VERDICTS } from '../analysis/model.js';
import { accompanyingSchema, caseAuditSchema, runAuditSchema } from './audit-schema.js';
import { count, milliseconds, percentiles, phaseSchema, told, witnessSchema } from './phase-schema.js';
import { seriesSchema } from './series-schema.js';

/**
 * `result.json`: the contract of DESIGN, and the source of its JSON Schema. A field that changes its meaning
 * raises `schemaVersion`; new ones may be added. Percentages and ratios have two decimals, times three.
 */

export const RESULT_SCHEMA_VERSION = 1;

const verdict = z.enum(VERDICTS);
const time = z.iso.datetime();

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

const caseResult = z.object({
  name: z.string(),
  servers: count,
  clients: count,
  clientsWithLease: told.describe('clients holding a lease at the end'),
  committingLeases: count,
  heldConcurrently: count.describe('leases that two clients held at the same time'),
  overlappingLeases: count.describe("leases inside another client's prefix at the same time"),
  witnesses: z.array(witnessSchema),
  witnessesOmitted: count,
  phases: z.array(phaseSchema),
  schedule: z
    .object({
      starts: count,
      durationUs: z.number(),
      latenessP99Ms: milliseconds.describe('latenessMs.p99'),
      latenessMs: percentiles
        .optional()
        .describe(
          'how late the harness made the starts, which latencyMs has in it; like that by nearest rank',
        ),
    })
    .nullable(),
  series: seriesSchema.nullable().optional().describe('null where a source of others tells no times'),
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
