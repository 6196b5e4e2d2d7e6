import { z } from 'zod';
import { COMPARISON_WORDS, REPRODUCTION_VERDICTS, VERDICTS } from '../analysis/model.js';
import { accompanyingSchema, caseAuditSchema, runAuditSchema } from './audit-schema.js';
import { OUTCOMES } from './outcome.js';
import { count, milliseconds, percentiles, phaseSchema, told, witnessSchema } from './phase-schema.js';
import { exchangesSchema } from './exchanges-schema.js';
import { resourcesSchema, shortSchema } from './resources-schema.js';
import { seriesSchema } from './series-schema.js';

/**
 * The schema of `result.json`, from which its JSON Schema is derived. A field that changes its meaning raises
 * `schemaVersion`; new fields may be added. Percentages and ratios have two decimals, times three.
 */

export const RESULT_SCHEMA_VERSION = 2;

const verdict = z.enum(VERDICTS);
const time = z.iso.datetime();

const comparison = z.object({
  table: z.enum(['galera', 'percona']).describe("the article's table"),
  source: z.string().describe('where it was published'),
  phases: z.array(
    z.object({
      phase: z.string().describe('such as DISCOVER-OFFER'),
      published: z.object({
        duplicateLeases: count.describe('d'),
        responses: count.describe('N'),
        duplicatePercent: z.number().describe('100 d/N, rounded down as printed'),
        appearancePercent: z.number().nullable().describe('100 d/D, rounded down as printed'),
        line: z.string().describe('as printed in the article'),
      }),
      word: z.enum(COMPARISON_WORDS).describe('how the run compares, by published.tolerance'),
      reasons: z.array(z.string()).describe('why not, and what the word alone does not say'),
    }),
  ),
});

const caseResult = z.object({
  name: z.string().describe('such as dhcp4; in a capture with VLANs such as VLAN 10 dhcp4'),
  verdict: verdict
    .optional()
    .describe('of the checks of this case alone; absent in results of earlier versions'),
  servers: count.describe('servers of the case'),
  clients: count.describe('clients of all servers'),
  clientsWithLease: told.describe('clients holding a lease at the end'),
  committingLeases: count.describe('answers that gave a lease in a committing phase'),
  heldConcurrently: count.describe('leases that two clients held at the same time'),
  overlappingLeases: count.describe("leases inside another client's prefix at the same time"),
  perhapsDelegated: count
    .optional()
    .describe(
      "leases inside another client's prefix that the holder of the prefix may have given out itself, as a router does",
    ),
  countedElsewhere: z
    .object({
      heldConcurrently: count.describe('leases that two clients held at the same time'),
      overlappingLeases: count.describe("leases inside another client's prefix"),
    })
    .optional()
    .describe('leases that also concern a client of another case, and are counted there'),
  declines: z
    .object({
      declined: count.describe('leases that their clients declined'),
      reused: told.describe("answers that gave a declined lease during the lease's probation period"),
      again: z
        .object({
          count: count.describe('such answers'),
          soonestMs: z
            .number()
            .min(0)
            .describe('how soon after the decline the first of them was asked for, milliseconds'),
        })
        .optional()
        .describe('if the probation period is not known: answers that gave a declined lease again'),
    })
    .optional()
    .describe('absent in results of earlier versions'),
  renewals: z
    .object({
      judged: count.describe('answers to clients that asked to prolong the lease they held'),
      notKept: count.describe('of these, answers that refused or ended the lease, or gave another one'),
    })
    .optional()
    .describe('whether clients keep their leases; absent in results of earlier versions'),
  witnesses: z.array(witnessSchema).describe('the first ones; witnesses.jsonl has more'),
  witnessesOmitted: count.describe('how many more were found'),
  phases: z.array(phaseSchema).describe('a phase and lease type each, in the order of the exchange'),
  exchanges: exchangesSchema.nullable().optional().describe('null if a capture or log does not tell it'),
  schedule: z
    .object({
      starts: count.describe('exchanges started'),
      firstStartUs: z
        .number()
        .nullable()
        .optional()
        .describe("when the first was sent, microseconds since the run's start; null without starts"),
      durationUs: z.number().describe('from the first send to the last, in microseconds'),
      latenessP99Ms: milliseconds.describe('latenessMs.p99'),
      latenessMs: percentiles
        .optional()
        .describe('how late the starts were, which latencyMs includes; by nearest rank'),
    })
    .nullable()
    .describe('first attempts of the first phase; null if a capture or log has no times'),
  series: seriesSchema.nullable().optional().describe('null if a capture or log has no times'),
  audit: caseAuditSchema.nullable().describe('the audit of the lease tables; null where none was made'),
  published: comparison.nullable().describe('beside the published figures; null where they are not compared'),
});

const environment = z.object({
  kea: z.object({
    version: z.string().describe('as the program says'),
    allocator: z.string().describe('of addresses, as the server says; empty where it was not asked'),
    pdAllocator: z.string().nullable().optional().describe('of prefixes; null where nothing delegates any'),
    offerLifetime: count
      .nullable()
      .optional()
      .describe('DHCPv4: seconds for which an offer reserves its address, 0 for not at all'),
    threads: count.describe('worker threads of each server; 0: multi-threading off'),
  }),
  database: z.object({
    flavor: z.string().describe('as cluster.flavor'),
    version: z.string().describe('as the server says'),
    wsrepProvider: z.string().describe('version of the Galera library; empty without one'),
    settings: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .describe('server variables that matter, as the nodes say'),
  }),
  node: z.string().describe('version of Node.js'),
  cpus: z.int().min(1).describe('of the machine that ran the clients'),
});

const check = z.object({
  name: z.string().min(1).describe('name of a built-in check, or text of a check that the scenario states'),
  case: z.string().describe('empty for the whole run'),
  phase: z.string().describe('empty for the whole case'),
  expected: z.string().describe('in words'),
  actual: z.string().describe('in words'),
  verdict: verdict.describe('of this check'),
  count: z
    .object({
      found: count.describe('violations'),
      of: count.nullable().describe('how many were judged; null if there is no such number'),
    })
    .optional()
    .describe('of a check that counts violations; absent in results of earlier versions'),
  known: z
    .object({
      cause: z.string().describe('an entry of docs/reference/causes.md'),
      text: z.string().describe('what shows it, in words'),
    })
    .optional()
    .describe('a known failure of the scenario, whose cause the run shows: the verdict is pass'),
});

const reproduction = z.object({
  verdict: z
    .enum(REPRODUCTION_VERDICTS)
    .describe("can't tell: a premise was not kept, or a figure is not known"),
  reason: z.string().describe('one sentence'),
  figures: z
    .array(check)
    .describe('expected figures; inconclusive: not known, or outside while a premise was not kept'),
  premises: z.array(check).describe('inconclusive: not kept'),
});

const source = z.object({
  kind: z.enum(['perfdhcp', 'capture']).describe('output of perfdhcp -x l, or captured packets'),
  files: z.array(z.string()).describe('as they were named'),
  untold: z
    .array(z.string())
    .describe('what the source does not tell, a sentence each; these figures are null'),
  notes: z.array(z.string()).describe('how it was read'),
});

export const resultSchema = z.object({
  schemaVersion: z.literal(RESULT_SCHEMA_VERSION).describe('raised when a field changes its meaning'),
  tool: z
    .object({ name: z.string().describe('its name'), version: z.string().describe('its version') })
    .describe('what wrote this'),
  scenario: z
    .object({
      name: z.string().describe('its name'),
      effective: z.record(z.string(), z.unknown()).describe('every setting as it was used'),
      seed: told.describe('gives the clients the same identities again; null for a capture or log'),
      argv: z.array(z.string()).describe('the command line'),
    })
    .describe('what was run'),
  startedAt: time.nullable().describe('when the run began; null if a log has no times'),
  finishedAt: time.nullable().describe('when the run ended; null also for a run that was killed'),
  verdict: verdict.describe('the conformance verdict, which follows from the checks'),
  reproduction: reproduction
    .nullable()
    .describe('reproduction: whether the expected figures were shown; null where none are expected'),
  expectedVerdict: z
    .enum(['pass', 'fail'])
    .describe('what the scenario expects of conformance; fail: a negative control'),
  outcome: z.enum(OUTCOMES).describe('the outcome of both halves, given what the scenario expects'),
  exitCode: count.describe('0 pass or control held, 1 fail, 2 can not tell, 4 not reproduced'),
  environment: environment.nullable().describe('what the run ran on; null for a capture or log'),
  source: source.nullable().describe('the capture or logs; null for a run of this program'),
  cases: z.array(caseResult).describe('a kind of exchange each'),
  audit: runAuditSchema.nullable().optional().describe('the part of the audit that is about nodes'),
  sockets: z
    .array(
      z.object({
        socket: z.string().describe('such as harness dhcp4 server-1'),
        drops: count.describe('datagrams dropped for want of buffer space'),
        sendErrors: count.nullable().describe("datagrams that could not be sent; null for a server's socket"),
      }),
    )
    .optional()
    .describe('what was lost at each socket of the run'),
  resources: resourcesSchema
    .nullable()
    .optional()
    .describe('what the load used of the machine; null if this program did not drive the load'),
  short: shortSchema.optional(),
  accompanying: accompanyingSchema.nullable().optional(),
  checks: z.array(check).describe('every check, those that hold too'),
});

export type Result = z.output<typeof resultSchema>;
export type Environment = z.output<typeof environment>;
export type CaseResult = z.output<typeof caseResult>;

/** The JSON Schema (2020-12) that the package ships. It allows unknown fields, which a later version may add. */
export function resultJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(resultSchema, { io: 'input' });
}
