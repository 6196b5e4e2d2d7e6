import { readNamed } from '../session.js';
import type { DatabaseFlavor, FlavorNode } from './flavor.js';
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
  // One node's word for the others is not enough: a joiner is counted before it can serve.
  waitUntilReady: (nodes, waiting) =>
    waitUntilAllSay(
      nodes,
      `ON, Synced, Primary, ${nodes.length}`,
      async (session) => {
        const status = await readNamed(session, 'STATUS', STATUS);
        return STATUS.map((name) => status[name] ?? 'unknown').join(', ');
      },
      waiting,
    ),
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

/** The periods only shorten the wait for the first view; how soon a lost node is given up stays as it is. */
function providerOptions(ports: FlavorNode['ports'], more: string | number | boolean | undefined): string {
  return [
    'gcache.size=32M',
    'evs.join_retrans_period=PT0.2S',
    'evs.inactive_check_period=PT0.1S',
    ...(more === undefined ? [] : [String(more)]),
    `gmcast.listen_addr=tcp://127.0.0.1:${ports.group}`,
    `ist.recv_addr=127.0.0.1:${ports.ist}`,
  ].join(';');
}
