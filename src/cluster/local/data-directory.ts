import { spawn } from 'node:child_process';
import { createReadStream, openSync, closeSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { HarnessError, messageOf } from '../../errors.js';
import type { Programs } from '../../packages/programs.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { lastLinesOf, ManagedProcess, type RunAs } from '../../processes/managed-process.js';
import { until } from '../../processes/wait.js';
import { endSession } from '../session.js';
import { nodeConfiguration, type NodeConfiguration } from './node-configuration.js';

export interface DataDirectoryRequest {
  programs: Programs;
  live: LiveDirectory;
  runAs: RunAs | undefined;
  node: Omit<NodeConfiguration, 'dataDirectory' | 'socket' | 'groupPorts' | 'name'>;
  /** Of the run, for both users. */
  password: string;
  logFile: string;
  timeoutMs: number;
  signal: AbortSignal;
}

/** The users of every node; the password is the run's. */
export const USERS = { kea: 'kea', admin: 'conformance' } as const;
export const DATABASE = 'kea';

/** Nothing made here need survive a crash; waiting for a busy disk took up to 14 s for the schema's many tables. */
const NO_SYNC = [
  '--loose-innodb-flush-method=nosync',
  '--innodb-flush-log-at-trx-commit=0',
  '--sync-frm=OFF',
];

/** MariaDB's own scripts for a new data directory, in the order of mariadb-install-db. */
const SYSTEM_SCRIPTS = [
  'mysql_system_tables.sql',
  'mysql_performance_tables.sql',
  'mysql_system_tables_data.sql',
  'maria_add_gis_sp_bootstrap.sql',
];
/** The same under the names that MariaDB 11 gave them. */
const RENAMED = (script: string): string => script.replace(/^mysql_/, 'mariadb_');

/**
 * Makes one data directory with users and Kea's schema, for every node to start from a copy of it. A one-node cluster
 * loads the schema, so that the copies agree on the cluster's identity and on its last transaction.
 *
 * @returns its path; the server that made it has stopped cleanly.
 */
export async function prepareDataDirectory(request: DataDirectoryRequest): Promise<string> {
  const { live, logFile } = request;
  const directory = live.subdirectory('prepared');
  const socket = join(directory, 's.sock');
  const optionFile = join(live.path, 'prepared.cnf');
  live.writeFile(
    optionFile,
    nodeConfiguration({ ...request.node, name: 'prepare', groupPorts: [], dataDirectory: directory, socket }),
  );
  await bootstrap(request, optionFile);
  const server = ManagedProcess.start({
    name: 'prepare',
    command: request.programs.mariadbd,
    // Nothing of this survives a crash, nor need it.
    args: [
      `--defaults-file=${optionFile}`,
      ...request.node.flavor.preparingArguments,
      ...NO_SYNC,
      '--skip-grant-tables',
      // Kea's user makes the schema's triggers; the binary log that Galera replicates from asks for SUPER else.
      '--log-bin-trust-function-creators=1',
    ],
    env: request.programs.environment,
    cwd: directory,
    logFile,
    runAs: request.runAs,
  });
  try {
    live.register(server.id);
    await createUsers(request, socket, server);
    await loadSchema(request, socket);
  } finally {
    await server.stop('SIGTERM', 20_000);
  }
  await Promise.all(
    ['galera.cache', 'gvwstate.dat'].map((file) => rm(join(directory, file), { force: true })),
  );
  return directory;
}

/** System tables and an empty database, by the server's bootstrap mode: a statement a line, no client. */
async function bootstrap(request: DataDirectoryRequest, optionFile: string): Promise<void> {
  const { programs } = request;
  const scripts = await Promise.all(
    SYSTEM_SCRIPTS.map((script) => readScript(programs.mariadbShare, script)),
  );
  const input =
    ['CREATE DATABASE mysql;', 'USE mysql;', ...scripts, `CREATE DATABASE ${DATABASE};`].join('\n') + '\n';
  await runToEnd(
    request,
    programs.mariadbd,
    [`--defaults-file=${optionFile}`, ...NO_SYNC, '--bootstrap', '--loose-wsrep-on=OFF'],
    input,
  );
}

async function readScript(share: string, script: string): Promise<string> {
  try {
    return await readFile(join(share, script), 'utf8');
  } catch {
    try {
      return await readFile(join(share, RENAMED(script)), 'utf8');
    } catch (error) {
      throw new HarnessError('PREREQUISITE', `${script} is not in ${share}`, {
        hint: 'the scripts belong to mariadb-server; leave cluster.mariadbd out to use the private root',
        cause: error,
      });
    }
  }
}

async function createUsers(
  request: DataDirectoryRequest,
  socket: string,
  server: ManagedProcess,
): Promise<void> {
  const session = await until(async () => {
    if (!server.running) throw startFailure(request, server.how ?? '');
    try {
      return await createConnection({ socketPath: socket, user: USERS.admin });
    } catch {
      return undefined;
    }
  }, request);
  if (session === undefined) throw startFailure(request, 'no answer on its socket');
  try {
    await session.query('FLUSH PRIVILEGES');
    const [old] = await session.query<never>("SELECT User, Host FROM mysql.user WHERE User <> 'mariadb.sys'");
    for (const { User, Host } of old as { User: string; Host: string }[]) {
      await session.query('DROP USER ?@?', [User, Host]);
    }
    for (const user of Object.values(USERS)) {
      await session.query("CREATE USER ?@'%' IDENTIFIED BY ?", [user, request.password]);
    }
    await session.query(`GRANT ALL ON ${DATABASE}.* TO ?@'%'`, [USERS.kea]);
    await session.query("GRANT ALL ON *.* TO ?@'%' WITH GRANT OPTION", [USERS.admin]);
  } finally {
    await endSession(session);
  }
}

/** Feeds Kea's own schema script to the client; the password goes through a private file, never a command line. */
async function loadSchema(request: DataDirectoryRequest, socket: string): Promise<void> {
  const { programs, live } = request;
  const clientFile = join(live.path, 'client.cnf');
  live.writeFile(clientFile, `[client]\nsocket=${socket}\nuser=${USERS.kea}\npassword=${request.password}\n`);
  await runToEnd(
    request,
    programs.mariadb,
    [`--defaults-file=${clientFile}`, `--character-sets-dir=${programs.mariadbCharsets}`, DATABASE],
    createReadStream(programs.keaMysqlSchema),
  );
  await rm(clientFile);
}

async function runToEnd(
  request: DataDirectoryRequest,
  command: string,
  args: readonly string[],
  input: string | NodeJS.ReadableStream,
): Promise<void> {
  const log = openSync(request.logFile, 'a', 0o600);
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args], {
    env: request.programs.environment,
    cwd: request.live.path,
    stdio: ['pipe', log, log],
    detached: true,
    ...(request.runAs ?? {}),
  });
  closeSync(log);
  const stopNow = (): void => void child.kill('SIGKILL');
  request.signal.addEventListener('abort', stopNow);
  try {
    const { stdin } = child;
    if (stdin === null) throw new HarnessError('INTERNAL', `${command} has no standard input`);
    // A server that dies at once closes the pipe under us; its exit code and log say why.
    stdin.on('error', () => undefined);
    if (typeof input === 'string') stdin.end(input);
    else input.pipe(stdin);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    request.signal.throwIfAborted();
    if (code !== 0) throw startFailure(request, `${command} ended with ${code ?? 'a signal'}`);
  } catch (error) {
    if (error instanceof HarnessError || request.signal.aborted) throw error;
    throw startFailure(request, messageOf(error));
  } finally {
    request.signal.removeEventListener('abort', stopNow);
  }
}

function startFailure(request: DataDirectoryRequest, what: string): HarnessError {
  const lines = lastLinesOf(request.logFile, 8).join('\n  ');
  return new HarnessError('CLUSTER', `the data directory can't be prepared: ${what}\n  ${lines}`, {
    hint: `the whole log: ${request.logFile}`,
  });
}
