import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../../errors.js';
import type { Programs } from '../../packages/programs.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { lastLinesOf, ManagedProcess } from '../../processes/managed-process.js';
import type { RunAs } from '../../processes/unprivileged-user.js';
import { runToEnd } from '../../processes/run-to-end.js';
import { unlessAborted } from '../../processes/wait.js';
import { createAccounts, DATABASE, USERS } from '../accounts.js';
import { withinStartLimit, type Preparing } from '../preparation.js';
import { nodeConfiguration, type NodeConfiguration } from '../node-configuration.js';

export interface DataDirectoryRequest {
  programs: Programs;
  live: LiveDirectory;
  runAs: RunAs | undefined;
  /** The words that start a program where the node's address is; none by default. */
  enter?: readonly string[];
  node: Omit<NodeConfiguration, 'dataDirectory' | 'socket' | 'members' | 'name'>;
  /** The run's password, for both users. */
  password: string;
  /** Whether the nodes are to be checked by a proxy, which needs an account; false by default. */
  behindProxy?: boolean;
  logFile: string;
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Makes one data directory with the run's users and Kea's schema. Every node starts from a copy of this directory.
 * With a replicating flavor the server that loads the schema is a cluster of one node, so that the copies agree on
 * the cluster's identity and on its last transaction.
 *
 * @returns the path of the data directory; the server that made it has stopped cleanly
 * @throws HarnessError CLUSTER, also where it takes longer than `timeoutMs`; the signal's reason when aborted
 */
export function prepareDataDirectory(request: DataDirectoryRequest): Promise<string> {
  const failure = (what: string): HarnessError => startFailure(request, what);
  return withinStartLimit({ ...request, failure }, (preparing) => prepare({ ...request, ...preparing }));
}

type PreparationRequest = DataDirectoryRequest & Preparing;

async function prepare(request: PreparationRequest): Promise<string> {
  const { live, logFile, signal, doing } = request;
  const { server: kind, preparingArguments } = request.node.flavor;
  const home = live.subdirectory('prepare');
  // The data directory is not `home` itself: MySQL makes system tables only in a directory that holds nothing at all.
  const directory = live.subdirectory('prepare/data');
  const socket = join(home, 's.sock');
  const optionFile = join(home, 'my.cnf');
  live.writeFile(
    optionFile,
    nodeConfiguration({ ...request.node, name: 'prepare', members: [], dataDirectory: directory, socket }),
  );
  const { command, args, input } = await kind.initialisation({
    programs: request.programs,
    optionFile,
    dataDirectory: directory,
  });
  doing(`making the system tables with ${command}`);
  await run(request, command, args, input);
  const server = ManagedProcess.start({
    name: 'prepare',
    command: request.programs.mariadbd,
    // With these arguments the data would not survive a crash, and they need not.
    args: [
      `--defaults-file=${optionFile}`,
      ...preparingArguments,
      ...kind.hurriedArguments,
      ...kind.preparingArguments,
    ],
    env: request.programs.environment,
    cwd: home,
    logFile,
    runAs: request.runAs,
    enter: request.enter,
  });
  try {
    live.register(server.id);
    await createAccounts({
      socket,
      server: kind,
      password: request.password,
      behindProxy: request.behindProxy ?? false,
      whyItEnded: () => server.how,
      failure: (what) => startFailure(request, what),
      signal,
      doing,
    });
    doing("loading Kea's schema");
    await loadSchema(request, socket);
    doing('stopping the server that made the accounts');
    await unlessAborted(server.stop('SIGTERM', request.timeoutMs), signal);
  } finally {
    // A server that has not ended by now may be killed: its data directory is of no use any more.
    await server.stop('SIGKILL');
  }
  await Promise.all(
    ['galera.cache', 'gvwstate.dat', ...kind.notToCopy].map((file) =>
      rm(join(directory, file), { force: true }),
    ),
  );
  return directory;
}

/**
 * Feeds Kea's own schema script to the database client. The password goes through a private file, never a command
 * line.
 */
async function loadSchema(request: PreparationRequest, socket: string): Promise<void> {
  const { programs, live } = request;
  const clientFile = join(live.path, 'client.cnf');
  live.writeFile(clientFile, `[client]\nsocket=${socket}\nuser=${USERS.kea}\npassword=${request.password}\n`);
  await run(
    request,
    programs.mariadb,
    [`--defaults-file=${clientFile}`, `--character-sets-dir=${programs.mariadbCharsets}`, DATABASE],
    createReadStream(programs.keaMysqlSchema),
  );
  await rm(clientFile);
}

async function run(
  request: PreparationRequest,
  command: string,
  args: readonly string[],
  input: string | NodeJS.ReadableStream,
): Promise<void> {
  const { programs, live, logFile, runAs, enter, signal } = request;
  const program = { command, args, env: programs.environment, cwd: live.path, logFile, runAs, enter, signal };
  const code = await runToEnd(program, input).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw startFailure(request, messageOf(error));
  });
  if (code !== 0) throw startFailure(request, `${command} ended with ${code ?? 'a signal'}`);
}

function startFailure(request: DataDirectoryRequest, what: string): HarnessError {
  const lines = lastLinesOf(request.logFile, 8).join('\n  ');
  return new HarnessError('CLUSTER', `the data directory can't be prepared: ${what}\n  ${lines}`, {
    hint: `the full log is in ${request.logFile}`,
  });
}
