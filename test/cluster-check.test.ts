import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { expect } from 'vitest';
import type { ClusterCheckResult } from '../src/cluster/check/cluster-check.js';
import type { Advice } from '../src/kea/advice/advice.js';
import type { LiveDirectory } from './support/live.js';
import { smallRun } from './support/small-scenario.js';
import { test } from './support/test-with-workspace.js';
import type { Workspace } from './support/workspace.js';

test('a cluster that is up passes, its faults are named, and nothing is left in it', async ({
  workspace,
}) => {
  const live = await keptRun(workspace, { 'cluster.nodes': 3 });
  const nodes = [1, 2, 3].map((n) => `127.0.0.1:${live.nodePort(n)}`);
  const { password } = live.database();
  const check = async (...args: string[]) => {
    const harness = checkWith(workspace, password, ['--nodes', nodes.join(','), ...args]);
    await harness.ended;
    return harness;
  };
  const before = await contentsOf(live);

  const good = await check('--json', '--out', 'check.html');
  expect(readFileSync(join(workspace.cwd, 'check.html'), 'utf8')).toContain(
    '<title>PASS cluster check</title>',
  );
  expect(good.code, good.output).toBe(0);
  const result = JSON.parse(good.stdout) as ClusterCheckResult;
  expect(result).toMatchObject({ verdict: 'pass', unreachable: [] });
  expect(result.nodes.map(({ name, kind }) => [name, kind])).toEqual(nodes.map((name) => [name, 'galera']));
  expect(result.checks.filter(({ name }) => name === 'replication').map(({ node }) => node)).toEqual(nodes);
  expect(await contentsOf(live)).toEqual(before);

  // The servers of the run are Kea's as it comes, in most points not as advised. That is no failure.
  const sockets = live.controlSockets();
  const advised = await check('--json', '--servers', sockets.join(','));
  expect(advised.code, advised.output).toBe(0);
  const { advice } = JSON.parse(advised.stdout) as { advice: Advice[] };
  expect(new Set(advice.map(({ server }) => server))).toEqual(new Set(sockets));
  expect(advice.find(({ point }) => point === 'allocator')).toMatchObject({
    present: 'iterative',
    advised: 'random',
    weight: 'note',
  });
  const silent = await check('--servers', join(workspace.cwd, 'none.sock'));
  expect(silent.code, silent.output).toBe(69);
  expect(silent.stderr).toMatch(/--servers .*none\.sock: .*ENOENT/);

  const otherSchema = await check('--kea-version', result.schema === '22.2' ? '2.2.0' : '2.6.3');
  expect(otherSchema.code, otherSchema.output).toBe(1);
  expect(otherSchema.stdout).toMatch(/schema 127\.0\.0\.1.*found \d+\.\d/s);

  const wrong = checkWith(workspace, 'wrong', ['--nodes', nodes.join(',')]);
  await wrong.ended;
  expect(wrong.code, wrong.output).toBe(69);
  for (const node of nodes) expect(wrong.stderr).toContain(`${node}: refuses user kea`);

  const two = checkWith(workspace, password, ['--nodes', nodes.slice(0, 2).join(',')]);
  await two.ended;
  expect(two.code, two.output).toBe(1);
  expect(two.stdout).toContain('expected 2; found 3');

  const sameTwice = checkWith(workspace, password, [
    '--nodes',
    [`localhost:${live.nodePort(1)}`, ...nodes.slice(0, 2)].join(','),
  ]);
  await sameTwice.ended;
  expect(sameTwice.code, sameTwice.output).toBe(1);
  expect(sameTwice.stdout).toContain('lead to the same node');

  await withAdmin(live, 2, "SET GLOBAL time_zone = '+05:45'");
  const otherZone = await check();
  expect(otherZone.code, otherZone.output).toBe(1);
  expect(otherZone.stdout).toMatch(/time-zone.*UTC\+05:45/s);
  await withAdmin(live, 2, "SET GLOBAL time_zone = 'SYSTEM'");

  await withAdmin(live, 2, 'SET GLOBAL innodb_flush_log_at_trx_commit = 0');
  const uneven = JSON.parse((await check('--json')).stdout) as ClusterCheckResult;
  expect(uneven.settings.find(({ name }) => name === 'innodb_flush_log_at_trx_commit')).toMatchObject({
    values: { [nodes[0] ?? '']: '1', [nodes[1] ?? '']: '0', [nodes[2] ?? '']: '1' },
    weight: 'note',
  });

  process.kill(live.node('node-3').pid, 'SIGSTOP');
  const stopped = await check('--timeout', '2');
  expect(stopped.code, stopped.output).toBe(69);
  expect(stopped.stderr).toContain(`${nodes[2] ?? ''}: 127.0.0.1 port`);
  expect(stopped.stderr).not.toContain(`${nodes[1] ?? ''}:`);

  process.kill(live.node('node-3').pid, 'SIGKILL');
  const gone = await check();
  expect(gone.code, gone.output).toBe(69);
  expect(gone.stderr).toContain(`${nodes[2] ?? ''}: nothing listens`);
  expect(gone.stdout).toContain('unreached');
  expect((await contentsOf(live)).tables).toEqual(before.tables);

  await workspace.run(['clean']);
});

test('a plain server is no cluster, and TLS is checked as requested', async ({ workspace }) => {
  const authority = makeCertificates(workspace.cwd);
  const live = await keptRun(workspace, {
    'cluster.flavor': 'standalone',
    'cluster.nodes': 1,
    'cluster.settings.ssl_ca': join(workspace.cwd, 'ca.pem'),
    'cluster.settings.ssl_cert': join(workspace.cwd, 'cert.pem'),
    'cluster.settings.ssl_key': join(workspace.cwd, 'key.pem'),
  });
  const { password } = live.database();
  const node = `127.0.0.1:${live.nodePort(1)}`;
  const before = await contentsOf(live);
  for (const tls of [[], ['--tls'], ['--tls-ca', authority]]) {
    const plain = checkWith(workspace, password, ['--nodes', node, ...tls]);
    await plain.ended;
    expect(plain.code, plain.output).toBe(1);
    expect(plain.stdout).toMatch(/a plain server,\s+\d+.*replicates\s+nothing/s);
  }
  makeCertificates(workspace.cwd);
  const stranger = checkWith(workspace, password, ['--nodes', node, '--tls-ca', authority]);
  await stranger.ended;
  expect(stranger.code, stranger.output).toBe(69);
  expect(stranger.stderr).toContain(`${node}: its certificate is not accepted`);
  expect(await contentsOf(live)).toEqual(before);
  await workspace.run(['clean']);
});

interface Refused {
  what: string;
  args: string[];
  says: RegExp;
  password?: string | undefined;
}

const GALERA = ['plan', '--flavor', 'galera', '--addresses'];

test.concurrent.for<Refused>([
  { what: 'no command', args: [], says: /plan.*check/s },
  { what: 'no nodes', args: ['check'], says: /nodes/ },
  {
    what: 'no password',
    args: ['check', '--nodes', '127.0.0.1'],
    says: /KEA_CONFORMANCE_DB_PASSWORD is not set/,
  },
  {
    what: 'no host',
    args: ['check', '--nodes', '10.0.0.300'],
    password: 'x',
    says: /10\.0\.0\.300 is not a host/,
  },
  { what: 'a node twice', args: ['check', '--nodes', '::1,[::1]:3306'], password: 'x', says: /given twice/ },
  {
    what: 'no release',
    args: ['check', '--nodes', 'a', '--kea-version', '2'],
    password: 'x',
    says: /no release of Kea/,
  },
  {
    what: 'no certificate',
    args: ['check', '--nodes', 'a', '--tls-ca', 'small.yaml'],
    password: 'x',
    says: /no certificate/,
  },
  {
    what: 'no control channel',
    args: ['check', '--nodes', 'a', '--servers', 'kea.sock'],
    password: 'x',
    says: /--servers: kea\.sock is no control channel/,
  },
  { what: 'no file', args: ['check', '--nodes', 'a', '--tls-ca', 'none'], password: 'x', says: /--tls-ca/ },
  { what: 'no time', args: ['check', '--nodes', 'a', '--timeout', '0'], password: 'x', says: /--timeout 0/ },
  { what: 'too few addresses', args: [...GALERA, 'a,b', '--nodes', '3'], says: /--nodes 3, but 2 addresses/ },
  { what: 'an address twice', args: [...GALERA, 'a,b,a'], says: /a is given twice/ },
  { what: 'ten nodes', args: [...GALERA, 'a,b,c,d,e,f,g,h,i,j'], says: /10 nodes/ },
  { what: 'an unknown flavor', args: ['plan', '--flavor', 'mysql', '--addresses', 'a'], says: /flavor/ },
  { what: '--out that is not empty', args: [...GALERA, 'a', '--out', '.'], says: /not empty/ },
])('$what is refused with 64', async ({ args, says, password }, { workspace }) => {
  const refused = workspace.start(['cluster', ...args], {
    env: { KEA_CONFORMANCE_DB_PASSWORD: password },
  });
  await refused.ended;
  expect(refused.code, refused.output).toBe(64);
  expect(refused.stdout).toBe('');
  expect(refused.stderr).toMatch(/^error USAGE: /);
  expect(refused.stderr).toMatch(says);
});

test.concurrent('--out writes a file for each machine', async ({ workspace }) => {
  const written = await workspace.run(['cluster', ...GALERA, 'a,b,c', '--out', 'plan']);
  expect(written.code, written.output).toBe(0);
  const files = ['README', 'node-1', 'node-2', 'node-3', 'database', 'kea-1', 'kea-2', 'kea-3', 'afterwards'];
  expect(written.stdout.trim().split('\n')).toEqual(files.map((file) => `plan/${file}.md`));
});

async function keptRun(
  workspace: Workspace,
  settings: Record<string, string | number>,
): Promise<LiveDirectory> {
  const harness = await workspace.run(smallRun({ ...settings, 'load.clientsPerServer': 2 }, '--keep'));
  expect(harness.code, harness.output).toBe(0);
  const [live] = workspace.liveDirectories();
  if (live === undefined) throw new Error('nothing was kept');
  return live;
}

function checkWith(workspace: Workspace, password: string, args: readonly string[]) {
  return workspace.start(['cluster', 'check', ...args], { env: { KEA_CONFORMANCE_DB_PASSWORD: password } });
}

/** The tables and lease rows on the first node. */
async function contentsOf(live: LiveDirectory): Promise<{ tables: unknown[]; leases: unknown[] }> {
  return live.withConnection(async (connection) => {
    const [tables] = await connection.query<RowDataPacket[]>('SHOW TABLES');
    const [leases] = await connection.query<RowDataPacket[]>('SELECT * FROM lease4 ORDER BY address');
    return { tables, leases };
  });
}

async function withAdmin(live: LiveDirectory, node: number, sql: string): Promise<void> {
  const { host, password } = live.database();
  const connection = await createConnection({
    host,
    port: live.nodePort(node),
    user: 'conformance',
    password,
  });
  await connection.query(sql);
  await connection.end();
}

/** Makes a certificate authority and a server certificate, in files that the servers' user may read. */
function makeCertificates(directory: string): string {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'ignore' });
  const newKey = ['-newkey', 'rsa:2048', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-days',
    '2',
    '-subj',
    '/CN=authority',
    '-keyout',
    'ca-key.pem',
    '-out',
    'ca.pem',
  );
  openssl('req', ...newKey, '-subj', '/CN=node', '-keyout', 'key.pem', '-out', 'request.pem');
  writeFileSync(join(directory, 'serial'), '01');
  openssl(
    ...['x509', '-req', '-in', 'request.pem', '-CA', 'ca.pem', '-CAkey', 'ca-key.pem'],
    ...['-CAserial', 'serial', '-days', '2', '-out', 'cert.pem'],
  );
  chmodSync(join(directory, 'key.pem'), 0o644);
  return join(directory, 'ca.pem');
}
