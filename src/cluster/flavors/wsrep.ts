import type { Connection } from 'mysql2/promise';
import { readNamed, withSession } from '../session.js';
import type { FlavorNode, ReadinessTarget, Waiting, WsrepFaults } from './flavor.js';
import type { Options } from './options.js';
import { waitUntilAllSay } from './readiness.js';

/** What Galera and Percona XtraDB Cluster share: the write-set replication interface and the provider behind it. */

/**
 * The replication options of a node. The scenario's `wsrep_provider_options` win over those here, except over the
 * addresses.
 */
export function wsrepOptions({ name, provider, address, ports, members, settings }: FlavorNode) {
  const providerOptions = settings['wsrep_provider_options'];
  return {
    wsrep_provider: provider,
    wsrep_cluster_name: 'kea-lease-conformance',
    wsrep_node_name: name,
    wsrep_cluster_address: `gcomm://${members.join(',')}`,
    wsrep_node_address: `${address}:${ports.group}`,
    // A Percona server that is bound to the loopback address leaves this option empty, and its provider counts a
    // member without it as an arbitrator. The limit of flow control is then 0 (`Flow-control interval: [0, 0]`), and
    // the cluster stands still.
    wsrep_node_incoming_address: `${address}:${ports.client}`,
    wsrep_sst_receive_address: `${address}:${ports.sst}`,
    wsrep_provider_options: [
      'gcache.size=32M',
      // This is only how often Galera checks, not how long a node may stay silent. It can't be changed while a node
      // runs.
      'evs.inactive_check_period=PT0.1S',
      ...Object.entries(TIMINGS).map(([option, { starting }]) => `${option}=${starting}`),
      ...(providerOptions === undefined ? [] : [String(providerOptions)]),
      `gmcast.listen_addr=tcp://${address}:${ports.group}`,
      `ist.recv_addr=${address}:${ports.ist}`,
    ].join(';'),
  } satisfies Options;
}

/**
 * Short timings of group communication for the first view only. With the defaults, a message lost at the start on a
 * busy machine is made good only after 5 s. `running` is the provider's default (Galera documentation, "Galera
 * Parameters"; Percona XtraDB Cluster manual, "Index of wsrep_provider options"), which holds for the run.
 */
const TIMINGS = {
  'evs.join_retrans_period': { starting: 'PT0.2S', running: 'PT1S' },
  'evs.suspect_timeout': { starting: 'PT2S', running: 'PT5S' },
  // This stands after evs.suspect_timeout, as it must be below a third of it.
  'evs.keepalive_period': { starting: 'PT0.3S', running: 'PT1S' },
};

/**
 * Options of the provider that decide what happens when a node fails or is cut off, and how soon (Galera documentation,
 * "Galera Parameters").
 */
export const PROVIDER_OPTIONS_THAT_MATTER = [
  'pc.ignore_sb',
  'pc.ignore_quorum',
  'evs.suspect_timeout',
  'gcs.fc_limit',
];

const STATUS = ['wsrep_ready', 'wsrep_local_state_comment', 'wsrep_cluster_status', 'wsrep_cluster_size'];

/**
 * Resolves when every node says that all nodes are in the primary component and synchronised, and sets the provider's
 * default timings again.
 * Errors: CLUSTER, with what each node said last.
 */
export async function waitUntilSynced(nodes: readonly ReadinessTarget[], waiting: Waiting): Promise<void> {
  // Every node is asked, because the others count a joiner before it can serve.
  await waitUntilAllSay(
    nodes,
    `ON, Synced, Primary, ${nodes.length}`,
    async (session) => {
      const status = await readNamed(session, 'STATUS', STATUS);
      return STATUS.map((name) => status[name] ?? 'unknown').join(', ');
    },
    waiting,
  );
  await Promise.all(nodes.map(({ admin }) => withSession(admin, restoreTimings)));
}

/** Resolves when the node is in the primary component and synchronised, and sets its default timings again. */
export async function waitUntilSyncedAgain(node: ReadinessTarget, waiting: Waiting): Promise<void> {
  const [, ...states] = STATUS.toReversed();
  await waitUntilAllSay(
    [node],
    'Primary, Synced, ON',
    async (session) => {
      const status = await readNamed(session, 'STATUS', states);
      return states.map((name) => status[name] ?? 'unknown').join(', ');
    },
    waiting,
  );
  await withSession(node.admin, restoreTimings);
}

/** The server that has these begins a cluster, instead of looking for one. */
export const BEGIN_ARGUMENTS = ['--wsrep-new-cluster'] as const;

export const WSREP_FAULTS: WsrepFaults = {
  async isolate(admin, isolated) {
    await withSession(admin, (session) =>
      session.query('SET GLOBAL wsrep_provider_options = ?', [`gmcast.isolate=${isolated ? 1 : 0}`]),
    );
  },
  recoverArguments: ['--wsrep-recover'],
  recoveredPosition: (printed) =>
    Array.from(printed.matchAll(/Recovered position: (\S+)/g), ([, position]) => position).at(-1),
  startArguments: (position) => [`--wsrep_start_position=${position}`],
  beginArguments: BEGIN_ARGUMENTS,
};

/** Sets the default timings for the run. A timing that the scenario has set stays as it is. */
async function restoreTimings(session: Connection): Promise<void> {
  const { wsrep_provider_options: options = '' } = await readNamed(session, 'VARIABLES', [
    'wsrep_provider_options',
  ]);
  const hurried = Object.entries(TIMINGS).filter(([name, { starting }]) =>
    options.includes(`${name} = ${starting};`),
  );
  const restored = hurried.map(([name, { running }]) => `${name}=${running}`).join(';');
  if (restored !== '') await session.query('SET GLOBAL wsrep_provider_options = ?', [restored]);
}
