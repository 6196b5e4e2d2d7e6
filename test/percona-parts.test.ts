import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import { expect, test as base } from 'vitest';
import { CHECK_USER } from '../src/cluster/accounts.js';
import { checkCluster } from '../src/cluster/check/check.js';
import { GALERA } from '../src/cluster/flavors/galera.js';
import { mysqlOf, percona } from '../src/cluster/flavors/percona.js';
import { PerconaVersion } from '../src/packages/percona/percona-version.js';
import { STANDALONE } from '../src/cluster/flavors/plain.js';
import { startLocalCluster, type LocalClusterRequest } from '../src/cluster/local/start.js';
import { LOGGED_IN, loginPacket } from '../src/cluster/proxy/check-packets.js';
import type { DatabaseAccess } from '../src/cluster/started-cluster.js';
import { readNamed, withSession } from '../src/cluster/session.js';
import { localKea } from '../src/kea/local/launch.js';
import { startKeaServers } from '../src/kea/start.js';
import { ensurePrivateRoot } from '../src/packages/private-root.js';
import { Cleanup } from '../src/processes/cleanup.js';
import { LiveDirectory } from '../src/processes/live-directory.js';
import { onLoopback } from '../src/network/loopback.js';
import { PortBlock } from '../src/processes/port-block.js';
import { unprivilegedUser } from '../src/processes/unprivileged-user.js';
import { scenarioSchema } from '../src/scenario/schema.js';
import { driveLoad } from './support/drive-load.js';
import { withMysql } from './support/mysql-root.js';

/**
 * No distribution has Percona XtraDB Cluster. Its server is a MySQL server, and its replication is Galera. So each
 * part of the flavor is tested with the nearest real program.
 */

type Starting = Omit<LocalClusterRequest, 'flavor' | 'programs' | 'nodes'>;

const test = base.extend<{ starting: Starting }>({
  // eslint-disable-next-line no-empty-pattern
  starting: async ({}, use) => {
    const runAs = unprivilegedUser(undefined);
    const cleanup = new Cleanup();
    try {
      const logDirectory = mkdtempSync(join(tmpdir(), 'klt-'));
      cleanup.push('the logs', () => rmSync(logDirectory, { recursive: true }));
      const live = LiveDirectory.create(runAs);
      cleanup.push('the live directory', () => live.remove());
      const ports = await PortBlock.reserve();
      cleanup.push('the ports', () => ports.release());
      const { signal } = new AbortController();
      const timeoutMs = 180_000;
      await use({
        runAs,
        cleanup,
        logDirectory,
        live,
        places: onLoopback(ports),
        signal,
        timeoutMs,
        keep: false,
        settings: {},
      });
    } finally {
      await cleanup.close();
    }
  },
});

const CLIENTS = 10;

/** What the server says to a packet that is sent when its greeting has come. */
async function answerTo(packet: Buffer, { host, port }: DatabaseAccess): Promise<Buffer> {
  const socket = connect(port, host);
  try {
    await once(socket, 'data');
    socket.write(packet);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer;
  } finally {
    socket.destroy();
  }
}

/** As Percona 8.4. Its default authentication, and the only one of the server here, is caching_sha2_password. */
test('the flavor for 8.4 without replication, on a real MySQL server, down to Kea’s leases', async ({
  starting,
}) => {
  const programs = await withMysql(await ensurePrivateRoot());
  const flavor = { ...STANDALONE, server: mysqlOf(new PerconaVersion('8.4.5')) };
  const cluster = await startLocalCluster({ ...starting, programs, flavor, nodes: 1, behindProxy: true });
  const [node] = cluster.nodes;
  if (node === undefined) throw new Error('no node');
  expect(cluster.version).not.toContain('MariaDB');
  expect(cluster.settings).toMatchObject({ transaction_isolation: 'REPEATABLE-READ' });
  // This server has no variable of replication at all. Percona's has wsrep_on as a variable of the session only, so a
  // check by global variables does not see it there either.
  const checked = await checkCluster([{ name: 'db1', access: node.admin }], { keaVersion: '2.2.0' });
  expect(checked.nodes).toMatchObject([{ name: 'db1', kind: 'plain' }]);
  expect(checked.checks.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)).toEqual([
    'cluster',
  ]);
  await withSession(node.admin, async (session) => {
    const [users] = await session.query<RowDataPacket[]>(
      "SELECT User, Host, plugin FROM mysql.user WHERE User NOT LIKE 'mysql.%' ORDER BY User",
    );
    expect(users).toEqual([
      { User: 'conformance', Host: '%', plugin: 'caching_sha2_password' },
      { User: 'kea', Host: '%', plugin: 'caching_sha2_password' },
      { User: CHECK_USER, Host: '%', plugin: 'caching_sha2_password' },
    ]);
    // pxc_strict_mode=ENFORCING refuses writes to a table without a primary key.
    const [withoutKey] = await session.query<RowDataPacket[]>(
      `SELECT t.table_name FROM information_schema.tables t LEFT JOIN information_schema.table_constraints c
       ON c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY'
       WHERE t.table_schema = 'kea' AND t.table_name LIKE 'lease%' AND t.table_type = 'BASE TABLE'
       AND c.constraint_name IS NULL`,
    );
    expect(withoutKey).toEqual([]);
  });
  const login = loginPacket(CHECK_USER, flavor.server.accountPlugin);
  expect((await answerTo(login, node.admin)).includes(LOGGED_IN)).toBe(true);

  const { cases, load } = scenarioSchema.parse({
    name: 'mysql',
    description: 'A real MySQL server',
    cases: ['dhcp4', 'dhcp6-ia-na'],
    load: { clientsPerServer: CLIENTS, ratePerServer: 20, timeoutMs: 60_000, drainMs: 100 },
  });
  const servers = await startKeaServers({
    ...starting,
    cluster,
    cases,
    servers: [{ node: 1, settings: {} }],
    launch: localKea({ ...starting, programsOf: () => programs }),
  });
  await driveLoad({ cases, servers, load, seed: 1, observe: () => undefined });
  await withSession(node.admin, async (session) => {
    const [rows] = await session.query<RowDataPacket[]>(
      'SELECT (SELECT COUNT(*) FROM lease4) AS v4, (SELECT COUNT(*) FROM lease6) AS v6',
    );
    expect(rows).toEqual([{ v4: CLIENTS, v6: CLIENTS }]);
  });
});

test('the start of a cluster by its first node, as with 5.7, on real Galera nodes', async ({ starting }) => {
  const percona57 = percona('5.7.44');
  const flavor = {
    ...GALERA,
    startArguments: (nodes: number) => percona57.startArguments(nodes),
    stateFiles: (nodes: number) => percona57.stateFiles(nodes),
  };
  // Resolves once each node says that all three are synchronised, and shows a row written through the first node.
  const programs = await ensurePrivateRoot();
  const { nodes } = await startLocalCluster({ ...starting, programs, flavor, nodes: 3 });
  // Percona's provider derives the limit of flow control from these addresses: each member names where it accepts
  // clients.
  const addresses = nodes.map(({ admin }) => `127.0.0.1:${admin.port}`).sort();
  for (const { admin } of nodes) {
    const said = await withSession(admin, (session) =>
      readNamed(session, 'STATUS', ['wsrep_incoming_addresses']),
    );
    expect(said['wsrep_incoming_addresses']?.split(',').sort()).toEqual(addresses);
  }
});
