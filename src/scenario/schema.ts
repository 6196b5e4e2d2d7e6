import { z } from 'zod';
import { CASE_KINDS, DEFAULT_CASES, meaningOf } from '../protocol/cases.js';
import { parseCheck } from './checks/parse.js';
import { cluster } from './schema/cluster.js';
import { external } from './schema/external.js';
import { faults, randomFaults } from './schema/faults.js';
import { kea } from './schema/kea.js';
import { knownFailures } from './schema/known-failures.js';
import { limits } from './schema/limits.js';
import { load } from './schema/load.js';
import { published } from './schema/published.js';
import { reports } from './schema/reports.js';
import { servers } from './schema/servers.js';

/**
 * A scenario as its YAML file states it. Every key has a description here, a default where one makes sense, and
 * bounds that keep nonsense out. `load.ts` turns a violation into an error with line and column.
 */

/** Checks only the syntax. The consistency rules look whether the scenario runs the cases that the check names. */
const check = z.string().superRefine((text, context) => {
  const { problem } = parseCheck(text);
  if (problem !== undefined)
    context.addIssue({ code: 'custom', message: problem.message, params: { problem } });
});

/** `quick:` takes the same dotted paths as `--set`. */
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
    .refine((name) => name !== 'latest' && name !== 'baselines', {
      message:
        'must be another name (reports/latest is the newest run, reports/baselines holds the baselines)',
    })
    .describe('names the run directory, reports/NAME'),
  extends: z
    .string()
    .min(1)
    .optional()
    .describe(
      'the scenario that this one builds on: a name, or a path from this file. Mappings merge, `quick` too; lists and single values replace; null removes a key',
    ),
  description: z.string().min(1).describe('one line for `scenarios`'),
  expect: z.enum(['pass', 'fail']).default('pass').describe('the verdict this scenario must come to'),
  expectedFailures: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'with expect: fail, the checks that must fail, such as conformance.leaseKept; if another check fails too, the control has not held. By default any failed check will do',
    ),
  knownFailures,
  seed: z
    .int()
    .min(0)
    .max(0xffff_ffff)
    .optional()
    .describe('repeats the identities of an earlier run; random by default'),
  cluster,
  servers,
  kea,
  external,
  cases: z
    .array(z.enum(CASE_KINDS))
    .min(1)
    .default([...DEFAULT_CASES])
    .describe(
      `the exchanges to drive, side by side: ${CASE_KINDS.map((kind) => `${kind} asks for ${meaningOf(kind)}`).join('; ')}`,
    ),
  load,
  faults,
  randomFaults,
  limits,
  published,
  reports,
  checks: z
    .array(check)
    .default([])
    .describe(
      "checks of the scenario's own on conformance, such as dhcp4.REQUEST-ACK.responses >= 95%; one that fails makes the verdict fail",
    ),
  expectedFigures: z
    .array(check)
    .default([])
    .describe(
      'figures that the experiment must show if its premises are kept, written as checks: first.duplicatePercent <= 2%. A figure outside its range makes the run "not reproduced" and says nothing about conformance. If the machine broke a premise, the run can\'t tell',
    ),
  quick,
});

/** A scenario file with its defaults filled in. */
export type Scenario = z.output<typeof scenarioSchema>;

/** A Kea server of each case: the node that it is pinned to, counted from 1, and what sets it apart from the others. */
export type ScenarioServer = NonNullable<Scenario['servers']>[number];

/** The default of `servers`: one server for each node. */
export function oneServerANode(nodes: number): ScenarioServer[] {
  return Array.from({ length: nodes }, (_, index) => ({ node: index + 1 }));
}

/** The servers of each case, as stated or by default. */
export function serversOf({
  servers,
  cluster,
  external,
}: Pick<Scenario, 'servers' | 'cluster' | 'external'>): readonly ScenarioServer[] {
  if (external !== undefined) return external.servers.map(({ node }) => ({ node }));
  return servers ?? oneServerANode(cluster.nodes);
}
