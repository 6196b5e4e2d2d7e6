import { z } from 'zod';
import { CASE_KINDS } from './cases.js';
import { parseCheck } from './checks/parse.js';

/**
 * A scenario as its YAML file states it. Every key has a description here, a default where one makes sense,
 * and a bound that keeps nonsense out; `load.ts` turns a violation into one error with line and column.
 */

export { CASE_KINDS, type CaseKind } from './cases.js';

const path = z.string().min(1);
const milliseconds = z.number().min(0).max(3_600_000);
const percent = z.number().min(0).max(100);
const lowThenHigh = ([low, high]: [number, number]) => low <= high;
const ORDERED = { message: 'must be [lower bound, upper bound]' };
const percentRange = z.tuple([percent, percent]).refine(lowThenHigh, ORDERED);

const cluster = z
  .strictObject({
    provider: z.enum(['local']).default('local').describe('what brings the database nodes up'),
    flavor: z
      .enum(['galera', 'isolated', 'standalone'])
      .default('galera')
      .describe(
        'galera: a replicated cluster; isolated: a database of its own for each server, which must fail; ' +
          'standalone: one plain database, the reference without replication',
      ),
    nodes: z.int().min(1).max(9).default(3).describe('number of database nodes'),
    settings: z
      .record(
        z
          .string()
          .regex(/^[a-z][a-z0-9_]*$/i, { message: 'must be a variable name: letters, digits, underscores' }),
        z.union([
          // A line break would smuggle further lines into the server's option file.
          z.string().regex(/^[^\0\r\n]*$/, { message: 'must be a single line' }),
          z.number(),
          z.boolean(),
        ]),
      )
      .default({})
      .describe('server variables added to every node, such as wsrep_retry_autocommit: 4'),
    startTimeoutMs: milliseconds.default(60_000).describe('how long the cluster may take to become ready'),
    user: z.string().min(1).optional().describe('as root: the unprivileged user that runs nodes and servers'),
    mariadbd: path.optional().describe('an installed server program, instead of the private root'),
    mariadb: path.optional().describe('an installed command-line client'),
    wsrepProvider: path.optional().describe('an installed Galera library, libgalera_smm.so'),
  })
  .prefault({})
  .describe('the database cluster');

const kea = z
  .strictObject({
    dhcp4: path.optional().describe('an installed kea-dhcp4, instead of the private root'),
    dhcp6: path.optional().describe('an installed kea-dhcp6'),
    schema: path.optional().describe('its dhcpdb_create.mysql'),
    startTimeoutMs: milliseconds.default(30_000).describe('how long a server may take to become ready'),
  })
  .prefault({})
  .describe('the Kea servers');

const load = z
  .strictObject({
    ratePerServer: z
      .number()
      .positive()
      .max(100_000)
      .default(1)
      .describe('exchanges started a second on each server'),
    clientsPerServer: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(119)
      .describe('clients of each server, each with an identity of its own'),
    arrival: z
      .enum(['aligned', 'staggered', 'poisson'])
      .default('aligned')
      .describe(
        'aligned: the servers get their requests at the same moment; staggered: evenly apart; poisson: independently at random',
      ),
    timeoutMs: milliseconds.min(1).default(2_000).describe('how long a transaction waits for its answer'),
    maxAttempts: z
      .int()
      .min(1)
      .max(1_000)
      .default(10)
      .describe('how often a refused client starts over, its first attempt included'),
    restartDelayMs: z
      .tuple([milliseconds, milliseconds])
      .refine(lowThenHigh, ORDERED)
      .default([0, 10])
      .describe('a refused client waits a random time between these before it starts over'),
    collectOffersMs: milliseconds
      .default(0)
      .describe(
        'how long a client collects offers before it requests one (RFC 2131 section 4.4.1, RFC 8415 section 18.2.1)',
      ),
    retransmit: z
      .boolean()
      .default(false)
      .describe('retransmit as RFC 2131 section 4.1 and RFC 8415 section 15 say'),
    drainMs: milliseconds
      .default(2_000)
      .describe('how long late answers are collected after the last transaction ended'),
  })
  .prefault({})
  .describe('what the clients do');

const limits = z
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
  })
  .prefault({})
  .describe('what a run must reach to count at all: short of it the verdict is inconclusive');

const reproduced = z
  .strictObject({
    duplicatePercent: percentRange.describe('first phase: 100 d/N'),
    appearancePercent: percentRange.describe('first phase: 100 d/D'),
  })
  .partial();

/** Its syntax; whether the scenario runs the cases that it names is a question of consistency. */
const check = z.string().superRefine((text, context) => {
  const { problem } = parseCheck(text);
  if (problem !== undefined)
    context.addIssue({ code: 'custom', message: problem.message, params: { problem } });
});

/** `quick:` takes the same dotted paths as `--set`, so that whoever knows one knows the other. */
const quick = z
  .record(z.string(), z.unknown())
  .optional()
  .describe('what --quick changes: pairs of path and value as for --set, such as load.ratePerServer: 10');

export const scenarioSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, {
      message: 'must be lower-case letters, digits and hyphens, at most 64',
    })
    .refine((name) => name !== 'latest', {
      message: 'must be another name (reports/latest is the newest run)',
    })
    .describe('names the run directory, reports/NAME'),
  description: z.string().min(1).describe('one line for `scenarios`'),
  expect: z.enum(['pass', 'fail']).default('pass').describe('the verdict this scenario must come to'),
  seed: z
    .int()
    .min(0)
    .max(0xffff_ffff)
    .optional()
    .describe('repeats the identities of an earlier run; random by default'),
  cluster,
  servers: z
    .array(z.strictObject({ node: z.int().min(1).describe('the node this server is pinned to, from 1') }))
    .min(1)
    .max(9)
    .optional()
    .describe('the Kea servers of each case; by default one a node'),
  kea,
  cases: z
    .array(z.enum(CASE_KINDS))
    .min(1)
    .default([...CASE_KINDS])
    .describe('the exchanges to drive, side by side'),
  load,
  limits,
  published: z
    .strictObject({
      table: z.enum(['galera', 'percona']).describe("the article's table to compare with"),
      tolerance: z
        .partialRecord(z.enum(CASE_KINDS), reproduced)
        .default({})
        .describe('within these a figure counts as reproduced; outside, it makes the verdict fail'),
    })
    .optional()
    .describe('the published figures shown beside the results'),
  checks: z
    .array(check)
    .default([])
    .describe(
      "checks of the scenario's own, such as dhcp4.REQUEST-ACK.responses >= 95%; one that fails makes the verdict fail",
    ),
  quick,
});

/** A scenario file, defaults filled in. */
export type Scenario = z.output<typeof scenarioSchema>;

/** A Kea server of each case, pinned to a node (counted from 1). */
export type ScenarioServer = NonNullable<Scenario['servers']>[number];

/** The default of `servers`: one a node. */
export function oneServerANode(nodes: number): ScenarioServer[] {
  return Array.from({ length: nodes }, (_, index) => ({ node: index + 1 }));
}

/** The servers of each case, whether stated or by default. */
export function serversOf(scenario: Pick<Scenario, 'servers' | 'cluster'>): readonly ScenarioServer[] {
  return scenario.servers ?? oneServerANode(scenario.cluster.nodes);
}
