import type { DatabaseFlavor } from './flavor.js';
import { MARIADB } from './mariadb.js';
import { checkShown, waitUntilAllSay } from './readiness.js';

/** A MariaDB server without replication. */
export const PLAIN: Omit<DatabaseFlavor, 'describe' | 'checkReplication'> = {
  server: MARIADB,
  defaults: {},
  ownOptions: () => ({}),
  preparingArguments: [],
  startArguments: (nodes) => Array.from({ length: nodes }, () => []),
  stateFiles: (nodes) => Array.from({ length: nodes }, () => ({})),
  waitUntilReady: (nodes, waiting) =>
    waitUntilAllSay(
      nodes,
      'ready',
      async (session) => {
        await session.ping();
        return 'ready';
      },
      waiting,
    ),
  settingsThatMatter: [],
};

/**
 * A separate database for each node, without replication: like a cluster whose replication does not work. Kea servers
 * on these databases give the same leases to different clients, and the harness must find that.
 */
export const ISOLATED: DatabaseFlavor = {
  ...PLAIN,
  describe: (nodes) => `${nodes} separate databases`,
  checkReplication: (nodes, waiting) => checkShown(nodes, nodes.slice(0, 1), waiting),
};

/** One database for all servers: the reference without replication. */
export const STANDALONE: DatabaseFlavor = {
  ...PLAIN,
  describe: () => 'one database without replication',
  checkReplication: (nodes, waiting) => checkShown(nodes, nodes, waiting),
};
