import type { Connection } from 'mysql2/promise';
import { readNamed, withSession } from '../session.js';
import type { DatabaseFlavor, FlavorNode, ReadinessTarget, Waiting } from './flavor.js';
import { savedPrimaryComponents } from './galera-saved-state.js';
import { checkShown, waitUntilAllSay } from './readiness.js';

const STATUS = ['wsrep_ready', 'wsrep_local_state_comment', 'wsrep_cluster_status', 'wsrep_cluster_size'];

/** MariaDB with Galera: every node holds every row. */
export const GALERA: DatabaseFlavor = {
  describe: (nodes) => `${nodes} Galera ${nodes === 1 ? 'node' : 'nodes'}`,
  defaults: { wsrep_on: 'ON', wsrep_sst_method: 'rsync' },
  ownOptions,
  preparingArguments: ['--wsrep-new-cluster'],
  // There is nobody to meet for a single node: it begins a cluster of its own.
  startArguments: (nodes) => (nodes === 1 ? ['--wsrep-new-cluster'] : []),
  stateFiles: (nodes) =>
    nodes === 1 ? [{}] : savedPrimaryComponents(nodes).map((state) => ({ 'gvwstate.dat': state })),
  waitUntilReady: async (nodes, waiting) => {
    await waitUntilSynced(nodes, waiting);
    await Promise.all(nodes.map(({ admin }) => withSession(admin, restoreTimings)));
  },
  checkReplication: (nodes, waiting) => checkShown(nodes, nodes, waiting),
  settingsThatMatter: ['wsrep_retry_autocommit', 'wsrep_sync_wait', 'wsrep_slave_threads'],
};

function ownOptions({ name, programs, ports, groupPorts, settings }: FlavorNode) {
  return {
    wsrep_provider: programs.wsrepProvider,
    wsrep_cluster_name: 'kea-lease-conformance',
    wsrep_node_name: name,
    wsrep_cluster_address: `gcomm://${groupPorts.map((port) => `127.0.0.1:${port}`).join(',')}`,
    wsrep_node_address: `127.0.0.1:${ports.group}`,
    wsrep_sst_receive_address: `127.0.0.1:${ports.sst}`,
    wsrep_provider_options: providerOptions(ports, settings['wsrep_provider_options']),
  };
}

/** One node's word for the others is not enough: a joiner is counted before it can serve. */
function waitUntilSynced(nodes: readonly ReadinessTarget[], waiting: Waiting): Promise<void> {
  return waitUntilAllSay(
    nodes,
    `ON, Synced, Primary, ${nodes.length}`,
    async (session) => {
      const status = await readNamed(session, 'STATUS', STATUS);
      return STATUS.map((name) => status[name] ?? 'unknown').join(', ');
    },
    waiting,
  );
}

/**
 * Group communication in a hurry, for the first view only: on a busy machine a message lost at the start is else made
 * good after 5 s. Beside each the provider's default (Galera documentation, "Galera Parameters"), which holds for the run.
 */
const TIMINGS = {
  'evs.join_retrans_period': { starting: 'PT0.2S', running: 'PT1S' },
  'evs.suspect_timeout': { starting: 'PT2S', running: 'PT5S' },
  // After the one before: it must be below a third of it.
  'evs.keepalive_period': { starting: 'PT0.3S', running: 'PT1S' },
};

/** A timing that the scenario sets is the scenario's from the start. */
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

function providerOptions(ports: FlavorNode['ports'], more: string | number | boolean | undefined): string {
  return [
    'gcache.size=32M',
    // Only how often is looked, not how long a silence may last; it can't be changed while a node runs.
    'evs.inactive_check_period=PT0.1S',
    ...Object.entries(TIMINGS).map(([name, { starting }]) => `${name}=${starting}`),
    ...(more === undefined ? [] : [String(more)]),
    `gmcast.listen_addr=tcp://127.0.0.1:${ports.group}`,
    `ist.recv_addr=127.0.0.1:${ports.ist}`,
  ].join(';');
}
