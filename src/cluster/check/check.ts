import { HarnessError, messageOf } from '../../errors.js';
import { explainUnreachable, withNode } from './connect.js';
import { readFacts, readSchema } from './facts.js';
import { membershipChecks } from './membership.js';
import type {
  ClusterCheck,
  ClusterCheckOptions,
  ClusterCheckResult,
  NodeFacts,
  NodeToCheck,
  SettingAdvice,
  UnreachableNode,
} from './cluster-check.js';
import { evenNotes, voteNotes, versionNotes } from './notes.js';
import { replicationChecks } from './replication.js';
import { schemaChecks, schemaNotes, serverChecks, type NodeSchema } from './schema.js';
import { settingsAdvice } from './settings.js';
import { stated } from './stated.js';
import { timeChecks } from './times.js';

/**
 * A node that is up answers in milliseconds. On a busy machine a change took at most some hundred milliseconds to
 * show on the other nodes.
 */
const DEFAULT_TIMEOUT_MS = 10_000;

interface Reached {
  node: NodeToCheck;
  facts: NodeFacts;
}

/**
 * The article's checks on a cluster that is up, whoever runs it: size, state and readiness of every node; a row
 * written through each node and read on the others; Kea's schema; and the settings known to matter. Leaves nothing
 * behind, and touches no row of Kea's.
 *
 * @param nodes every node of the cluster that holds data, each once
 * @returns a result also where nodes can't be reached: what the other nodes say is then all the more important
 * @throws HarnessError PREREQUISITE where the user may not create a table; the signal's reason when aborted
 *
 * @example
 * const { verdict, checks } = await checkCluster([{ name: 'db1', access }, { name: 'db2', access: other }]);
 */
export async function checkCluster(
  nodes: readonly NodeToCheck[],
  options: ClusterCheckOptions = {},
): Promise<ClusterCheckResult> {
  const { arbitrators = 0, keaVersion, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const signal = options.signal ?? new AbortController().signal;
  const size = nodes.length + arbitrators;
  const { reached, unreachable } = await reach(nodes, timeoutMs);
  signal.throwIfAborted();
  const facts = reached.map((one) => one.facts);
  const members = reached.filter((one) => one.facts.kind !== 'plain').map(({ node }) => node);
  const settings = settingsAdvice(facts);
  const schemas = await readSchemas(reached, timeoutMs);
  const checks = [
    ...membershipChecks(facts, size),
    ...timeChecks(facts),
    // Plain servers are not written to: a row on a server without replication proves nothing.
    ...(members.length === 0 ? [] : await replicationChecks(members, { timeoutMs, signal })),
    ...schemas.failures,
    ...serverChecks(facts, keaVersion),
    ...schemaChecks(schemas.read, keaVersion),
    ...settings.filter(({ weight }) => weight === 'wrong').map(settingCheck),
  ];
  const holds = unreachable.length === 0 && checks.every(({ verdict }) => verdict === 'pass');
  return {
    verdict: holds ? 'pass' : 'fail',
    nodes: facts.map(({ name, kind, version, wsrepProvider }) => ({ name, kind, version, wsrepProvider })),
    schema: schemas.read[0]?.schema.version ?? null,
    unreachable,
    checks,
    settings,
    notes: [
      ...versionNotes(facts),
      ...evenNotes(size),
      ...voteNotes(facts),
      ...schemaNotes(keaVersion),
      ...leftoverNotes(schemas.read),
    ],
  };
}

/** One error that names every node that could not be reached. */
export function unreachableError(unreachable: readonly UnreachableNode[]): HarnessError {
  const lines = unreachable.map(({ node, reason }) => `${node}: ${reason}`);
  const hints = [...new Set(unreachable.map(({ hint }) => hint))];
  return new HarnessError('CLUSTER', lines.join('\n  '), { hint: hints.join('\n  ') });
}

async function reach(
  nodes: readonly NodeToCheck[],
  timeoutMs: number,
): Promise<{ reached: Reached[]; unreachable: UnreachableNode[] }> {
  const unreachable: UnreachableNode[] = [];
  const reached = await Promise.all(
    nodes.map(async (node): Promise<Reached[]> => {
      try {
        return [
          { node, facts: await withNode(node.access, timeoutMs, (session) => readFacts(node.name, session)) },
        ];
      } catch (error) {
        unreachable.push({ node: node.name, ...explainUnreachable(error, node.access) });
        return [];
      }
    }),
  );
  return { reached: reached.flat(), unreachable };
}

async function readSchemas(
  reached: readonly Reached[],
  timeoutMs: number,
): Promise<{ read: NodeSchema[]; failures: ClusterCheck[] }> {
  const failures: ClusterCheck[] = [];
  const read = await Promise.all(
    reached.map(async ({ node: { name, access } }): Promise<NodeSchema[]> => {
      try {
        const schema = await withNode(access, timeoutMs, (session) => readSchema(session, access.database));
        return [{ node: name, schema }];
      } catch (error) {
        failures.push(
          stated('schema', name, "Kea's schema", messageOf(error), {
            holds: false,
            hint: `look at \`state\` and \`ready\` of the node, and make sure that ${access.user} may read ${access.database}`,
          }),
        );
        return [];
      }
    }),
  );
  return { read: read.flat(), failures };
}

function settingCheck({ name, values, advised, meaning }: SettingAdvice): ClusterCheck {
  const actual = Object.entries(values).map(([node, value]) => `${node} ${value}`);
  return stated('setting', null, `${name} ${advised}`, actual.join(', '), { holds: false, hint: meaning });
}

function leftoverNotes(schemas: readonly NodeSchema[]): string[] {
  const tables = [...new Set(schemas.flatMap(({ schema }) => schema.leftovers))];
  return tables.map(
    (table) =>
      `${table} belongs to another check. If no check is running, one that was killed left it: DROP TABLE ${table}`,
  );
}
