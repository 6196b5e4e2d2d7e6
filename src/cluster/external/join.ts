import type { Connection } from 'mysql2/promise';
import { HarnessError, messageOf } from '../../errors.js';
import { CERTIFICATE_BYTES, readTextOf } from '../../files/regular-file.js';
import type { Scenario } from '../../scenario/schema.js';
import { describeCluster } from '../describe.js';
import { settingsThatMatter } from '../flavors/select.js';
import type { DatabaseAccess, StartedCluster, StartedNode } from '../started-cluster.js';
import { readNamed, withSession } from '../session.js';
import { ownCommand } from '../../tool.js';
import { traitsOf, type Flavor } from '../../scenario/flavors.js';

type External = NonNullable<Scenario['external']>;

const WSREP = [
  'wsrep_ready',
  'wsrep_local_state_comment',
  'wsrep_cluster_status',
  'wsrep_cluster_state_uuid',
];

/**
 * Joins nodes that someone else runs, and writes nothing. Checks that each node can be reached and shows Kea's lease
 * tables. If the flavor replicates, also checks that the nodes are ready and belong to one cluster.
 * Errors: PREREQUISITE naming a node that can't be reached or read; CLUSTER naming a node that is not ready, or the
 * clusters where the nodes belong to several.
 */
export async function joinExternalCluster(
  external: External,
  flavor: Flavor,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<StartedCluster> {
  const nodes = externalNodes(external, environment);
  const states = await Promise.all(nodes.map((node) => stateOf(node)));
  if (traitsOf(flavor).usesWsrep) requireOneCluster(nodes, states);
  return { nodes, ...(await describeCluster(nodes, settingsThatMatter(flavor))) };
}

/**
 * The nodes as the scenario names them, whether or not they can be reached.
 * Errors: PREREQUISITE where the environment has no password; SCENARIO where the CA's file can't be read.
 */
export function externalNodes(
  external: External,
  environment: NodeJS.ProcessEnv = process.env,
): StartedNode[] {
  const common = accessOf(external, environment);
  return external.nodes.map(({ host, port }, index) => {
    const access = { ...common, host, port };
    return { name: `node-${index + 1}`, kea: access, admin: access };
  });
}

/** Errors: PREREQUISITE where the environment has no password; SCENARIO where the CA's file can't be read. */
function accessOf(
  { user, database, passwordEnvironment, tls }: External,
  environment: NodeJS.ProcessEnv,
): Omit<DatabaseAccess, 'host' | 'port'> {
  const password = environment[passwordEnvironment];
  if (password === undefined) {
    throw new HarnessError('PREREQUISITE', `the environment has no ${passwordEnvironment}`, {
      hint: `export ${passwordEnvironment}=… with the password of the database user ${user}`,
    });
  }
  return { user, password, database, ...(tls === undefined ? {} : { tls: certificateOf(tls.ca) }) };
}

function certificateOf(path: string | undefined): { ca?: string } {
  if (path === undefined) return {};
  try {
    return { ca: readTextOf(path, CERTIFICATE_BYTES) };
  } catch (error) {
    throw new HarnessError('SCENARIO', `external.tls.ca can't be read: ${messageOf(error)}`, {
      hint: "name the PEM file of the certificate authority that signed the nodes' certificates",
      cause: error,
    });
  }
}

type State = Readonly<Record<string, string>>;

async function stateOf({ name, admin }: StartedNode): Promise<State> {
  const where = `${name} (${admin.host} port ${admin.port})`;
  try {
    return await withSession(admin, async (session) => {
      await readTables(session);
      return readNamed(session, 'STATUS', WSREP);
    });
  } catch (error) {
    throw new HarnessError('PREREQUISITE', `${where}: ${messageOf(error)}`, {
      hint: `the node must be reachable from here, and ${admin.user} must have the right to read: GRANT SELECT ON ${admin.database}.* TO '${admin.user}'@'%'`,
      cause: error,
    });
  }
}

async function readTables(session: Connection): Promise<void> {
  await session.query('SELECT 1 FROM lease4 LIMIT 1');
  await session.query('SELECT 1 FROM lease6 LIMIT 1');
}

function requireOneCluster(nodes: readonly StartedNode[], states: readonly State[]): void {
  for (const [index, state] of states.entries()) {
    const said = ['wsrep_ready', 'wsrep_local_state_comment', 'wsrep_cluster_status']
      .map((variable) => state[variable] ?? 'unknown')
      .join(', ');
    if (said === 'ON, Synced, Primary') continue;
    throw new HarnessError(
      'CLUSTER',
      `${nodes[index]?.name ?? ''} is not ready: wsrep_ready, wsrep_local_state_comment and wsrep_cluster_status are ${said}`,
      {
        hint: `\`${ownCommand('cluster check')}\` tells more; for a database without replication set cluster.flavor: standalone`,
      },
    );
  }
  const uuids = new Set(states.map((state) => state['wsrep_cluster_state_uuid']));
  if (uuids.size === 1) return;
  throw new HarnessError(
    'CLUSTER',
    `the nodes belong to ${uuids.size} different clusters: ${[...uuids].join(', ')}`,
    {
      hint: 'external.nodes must name the nodes of one cluster; for separate databases set cluster.flavor: isolated',
    },
  );
}
