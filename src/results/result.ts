import { z } from 'zod';
import { accompanyingSchema, runAuditSchema } from './audit.js';
import { caseSchema } from './case.js';
import { checkSchema, reproductionSchema, verdictSchema } from './check.js';
import { causesSchema } from './causes.js';
import { clocksSchema } from './clocks.js';
import { commitsSchema } from './commits.js';
import { faultsSchema } from './faults.js';
import { whole } from './registry/figure.js';
import { resourcesSchema, shortSchema } from './resources.js';
import { transportSchema } from './transport.js';
import { OUTCOMES } from './run-outcome.js';

/**
 * The schema of `result.json`, from which its JSON Schema is derived. A field that changes its meaning raises
 * `schemaVersion`; new fields may be added. Percentages and ratios have two decimals, times three.
 */

export const RESULT_SCHEMA_VERSION = 2;

const time = z.iso.datetime();

export const environmentSchema = z.object({
  kea: z.object({
    version: z.string().describe('as the program says'),
    allocator: z.string().describe('of addresses, as the server says; empty where it was not asked'),
    pdAllocator: z.string().nullable().optional().describe('of prefixes; null where nothing delegates any'),
    offerLifetime: whole
      .nullable()
      .optional()
      .describe('DHCPv4: seconds for which an offer reserves its address, 0 for not at all'),
    threads: whole.describe('worker threads of each server; 0: multi-threading off'),
  }),
  database: z.object({
    flavor: z.string().describe('as cluster.flavor'),
    version: z.string().describe('as the server says'),
    wsrepProvider: z.string().describe('version of the Galera library; empty without one'),
    settings: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .describe('server variables that matter, as the nodes say'),
  }),
  proxy: z
    .string()
    .nullable()
    .optional()
    .describe(
      'the proxy between servers and nodes, such as haproxy 2.6.12; null where each server is pinned to its node',
    ),
  node: z.string().describe('version of Node.js'),
  cpus: z.int().min(1).describe('of the machine that ran the clients'),
});

const source = z.object({
  kind: z.enum(['perfdhcp', 'capture']).describe('output of perfdhcp -x l, or captured packets'),
  files: z.array(z.string()).describe('as they were named'),
  untold: z
    .array(z.string())
    .describe('what the source does not tell, a sentence each; these figures are null'),
  notes: z.array(z.string()).describe('how it was read'),
});

const socketSchema = z.object({
  socket: z.string().describe('such as harness dhcp4 server-1'),
  drops: whole.describe('datagrams dropped for want of buffer space'),
  sendErrors: whole.nullable().describe("datagrams that could not be sent; null for a server's socket"),
});
/** The datagrams lost at a socket. */
export type SocketFigures = z.output<typeof socketSchema>;

export const resultSchema = z.object({
  schemaVersion: z.literal(RESULT_SCHEMA_VERSION).describe('raised when a field changes its meaning'),
  tool: z
    .object({ name: z.string().describe('its name'), version: z.string().describe('its version') })
    .describe('what wrote this'),
  scenario: z
    .object({
      name: z.string().describe('its name'),
      effective: z.record(z.string(), z.unknown()).describe('every setting as it was used'),
      seed: whole
        .nullable()
        .describe('gives the clients the same identities again; null for a capture or log'),
      argv: z.array(z.string()).describe('the command line'),
    })
    .describe('what was run'),
  startedAt: time.nullable().describe('when the run began; null if a log has no times'),
  finishedAt: time.nullable().describe('when the run ended; null also for a run that was killed'),
  verdict: verdictSchema.describe('the conformance verdict, which follows from the checks'),
  reproduction: reproductionSchema
    .nullable()
    .describe('reproduction: whether the expected figures were shown; null where none are expected'),
  expectedVerdict: z
    .enum(['pass', 'fail'])
    .describe('what the scenario expects of conformance; fail: a negative control'),
  outcome: z.enum(OUTCOMES).describe('the outcome of both halves, given what the scenario expects'),
  exitCode: whole.describe('0 pass or control held, 1 fail, 2 can not tell, 4 not reproduced'),
  environment: environmentSchema.nullable().describe('what the run ran on; null for a capture or log'),
  source: source.nullable().describe('the capture or logs; null for a run of this program'),
  cases: z.array(caseSchema).describe('a kind of exchange each'),
  audit: runAuditSchema.nullable().optional().describe('the part of the audit that is about nodes'),
  commits: commitsSchema
    .optional()
    .describe(
      "the commit history: what became of the leases in between; absent where no node's binary log was read",
    ),
  clocks: clocksSchema
    .optional()
    .describe('the times of the servers; absent where no lease tables were audited'),
  causes: causesSchema
    .optional()
    .describe('the known causes whose evidence is in the run, and what each explains'),
  sockets: z.array(socketSchema).optional().describe('what was lost at each socket of the run'),
  resources: resourcesSchema
    .nullable()
    .optional()
    .describe('what the load used of the machine; null if this program did not drive the load'),
  transport: transportSchema
    .optional()
    .describe('how the datagrams of the load left and arrived; absent where this program did not drive it'),
  faults: faultsSchema
    .optional()
    .describe('what the scenario did to nodes and servers; absent without faults'),
  short: shortSchema.optional(),
  accompanying: accompanyingSchema.nullable().optional(),
  checks: z.array(checkSchema).describe('every check, those that hold too'),
});

export type Result = z.output<typeof resultSchema>;
export type Environment = z.output<typeof environmentSchema>;

/** The JSON Schema (2020-12) that the package ships. It allows unknown fields, which a later version may add. */
export function resultJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(resultSchema, { io: 'input' });
}
