import type { DatabaseFlavor } from './flavor.js';
import { savedPrimaryComponents } from './galera-saved-state.js';
import { MARIADB } from './mariadb.js';
import { checkShown } from './readiness.js';
import {
  BEGIN_ARGUMENTS,
  PROVIDER_OPTIONS_THAT_MATTER,
  waitUntilSynced,
  waitUntilSyncedAgain,
  WSREP_FAULTS,
  wsrepOptions,
} from './wsrep.js';

/** MariaDB with Galera: every node holds every row. */
export const GALERA: DatabaseFlavor = {
  server: MARIADB,
  describe: (nodes) => `${nodes} Galera ${nodes === 1 ? 'node' : 'nodes'}`,
  defaults: {
    wsrep_on: 'ON',
    wsrep_sst_method: 'rsync',
    // MariaDB 11.8 has this plugin, on by default. With it each option of the provider is a variable of its own, and
    // wsrep_provider_options can't be changed while a node runs. 10.11 has no such plugin, which `loose_` allows.
    loose_plugin_wsrep_provider: 'OFF',
  },
  ownOptions: wsrepOptions,
  preparingArguments: BEGIN_ARGUMENTS,
  // A single node has no other node to meet, so it begins a cluster of its own.
  startArguments: (nodes) => (nodes === 1 ? [BEGIN_ARGUMENTS] : Array.from({ length: nodes }, () => [])),
  stateFiles: (nodes) =>
    nodes === 1 ? [{}] : savedPrimaryComponents(nodes).map((state) => ({ 'gvwstate.dat': state })),
  waitUntilReady: waitUntilSynced,
  waitUntilBack: waitUntilSyncedAgain,
  wsrep: WSREP_FAULTS,
  checkReplication: (nodes, waiting) => checkShown(nodes, nodes, waiting),
  settingsThatMatter: [
    'wsrep_retry_autocommit',
    'wsrep_sync_wait',
    'wsrep_slave_threads',
    ...PROVIDER_OPTIONS_THAT_MATTER,
  ],
};
