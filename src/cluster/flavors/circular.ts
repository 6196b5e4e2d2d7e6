import type { Connection, RowDataPacket } from 'mysql2/promise';
import { withSession } from '../session.js';
import type { DatabaseFlavor, ReadinessTarget } from './flavor.js';
import { PLAIN } from './plain.js';
import { checkShown, waitUntilAllSay } from './readiness.js';

/**
 * MariaDB nodes that replicate asynchronously in a circle: each replicates from the node before it, and all take
 * writes (MariaDB documentation, "Multi-Master Ring Replication"). A node confirms a commit before any other node
 * has it, and nothing certifies it. So two servers may give the same lease to two clients.
 */
export const CIRCULAR: DatabaseFlavor = {
  ...PLAIN,
  describe: (nodes) => `${nodes} nodes that replicate asynchronously in a circle`,
  defaults: {
    log_bin: 'changes',
    log_slave_updates: 'ON',
    // Two nodes may insert the same lease. The later change wins then, and replication goes on.
    slave_exec_mode: 'IDEMPOTENT',
  },
  async waitUntilReady(nodes, waiting) {
    await PLAIN.waitUntilReady(nodes, waiting);
    for (const [index, node] of nodes.entries()) await begin(node, index + 1);
    for (const [index, node] of nodes.entries()) {
      const before = nodes.at(index - 1);
      if (before !== undefined && before !== node) await follow(node, before);
    }
    if (nodes.length > 1) await waitUntilAllSay(nodes, 'Yes, Yes', replication, waiting);
  },
  checkReplication: (nodes, waiting) => checkShown(nodes, nodes, waiting),
  settingsThatMatter: ['slave_exec_mode', 'slave_parallel_threads'],
};

/** Gives a node a `server_id` and a GTID domain of its own. */
async function begin({ admin }: ReadinessTarget, number: number): Promise<void> {
  await withSession(admin, async (session) => {
    await session.query('SET GLOBAL server_id = ?, GLOBAL gtid_domain_id = ?', [number, number]);
    // The data directory of each node is a copy with the binary log of its preparation, which must not be replicated.
    await session.query('RESET MASTER');
  });
}

/** Makes a node replicate from another one. */
async function follow({ admin }: ReadinessTarget, { admin: source }: ReadinessTarget): Promise<void> {
  await withSession(admin, async (session) => {
    await session.query(
      'CHANGE MASTER TO MASTER_HOST = ?, MASTER_PORT = ?, MASTER_USER = ?, MASTER_PASSWORD = ?, ' +
        'MASTER_CONNECT_RETRY = 1, MASTER_USE_GTID = slave_pos',
      [source.host, source.port, source.user, source.password],
    );
    await session.query('START SLAVE');
  });
}

/** The states of the threads that fetch and apply the changes, such as `Yes, Yes`. */
async function replication(session: Connection): Promise<string> {
  const [[status]] = await session.query<RowDataPacket[]>('SHOW SLAVE STATUS');
  return `${String(status?.['Slave_IO_Running'])}, ${String(status?.['Slave_SQL_Running'])}`;
}
