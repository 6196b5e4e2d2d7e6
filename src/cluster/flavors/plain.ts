import type { Connection } from 'mysql2/promise';
import type { DatabaseFlavor, ReadinessTarget, Waiting } from './flavor.js';
import { MARIADB } from './mariadb.js';
import { checkShown, waitUntilAllSay } from './readiness.js';

/** Waits until each node answers. */
function answer(nodes: readonly ReadinessTarget[], waiting: Waiting): Promise<void> {
  const ping = async (session: Connection): Promise<string> => {
    await session.ping();
    return 'ready';
  };
  return waitUntilAllSay(nodes, 'ready', ping, waiting);
}

/** A MariaDB server without replication. */
export const PLAIN: Omit<DatabaseFlavor, 'describe' | 'checkReplication'> = {
  server: MARIADB,
  defaults: {},
  ownOptions: () => ({}),
  preparingArguments: [],
  startArguments: (nodes) => Array.from({ length: nodes }, () => []),
  stateFiles: (nodes) => Array.from({ length: nodes }, () => ({})),
  waitUntilReady: answer,
  settingsThatMatter: [],
};

/**
 * A separate database for each node, without replication: like a cluster whose replication does not work. Kea servers
 * on these databases give the same leases to different clients, and the harness must find that.
 */
export const ISOLATED: DatabaseFlavor = {
  ...PLAIN,
  waitUntilBack: (node, waiting) => answer([node], waiting),
  describe: (nodes) => `${nodes} separate databases`,
  checkReplication: (nodes, waiting) => checkShown(nodes, nodes.slice(0, 1), waiting),
};

/** One database for all servers: the reference without replication. */
export const STANDALONE: DatabaseFlavor = {
  ...PLAIN,
  waitUntilBack: (node, waiting) => answer([node], waiting),
  describe: () => 'one database without replication',
  checkReplication: (nodes, waiting) => checkShown(nodes, nodes, waiting),
};
