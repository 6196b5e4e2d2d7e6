import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningContainer } from '../../docker/container.js';
import { lastLinesOf } from '../../processes/managed-process.js';
import { HarnessError, messageOf } from '../../errors.js';
import type { NodePorts } from '../flavors/flavor.js';
import { unlessAborted } from '../../processes/wait.js';
import { createAccounts, DATABASE, USERS } from '../accounts.js';
import type { ServerInImage } from '../flavors/server.js';
import { nodeConfiguration } from '../node-configuration.js';
import { withinStartLimit, type Preparing } from '../preparation.js';
import type { DockerClusterRequest } from './request.js';

export interface PreparationRequest extends DockerClusterRequest {
  /** The run's password, for both users. */
  password: string;
  ports: NodePorts;
}

/**
 * The shell script that the container runs. It makes the system tables in the server's own way, then becomes the
 * server.
 */
function initialiseAndServe({ server, initialise }: ServerInImage): string {
  return `optionFile=$1 data=$2; shift 2\n${initialise}\nexec ${server} --defaults-file="$optionFile" "$@"`;
}

/**
 * Makes one data directory with the run's users and Kea's schema, in a container without a network. Every node starts
 * from a copy of this directory, as with the local provider. The harness speaks to the container's server through the
 * server's socket.
 *
 * @returns the path of the data directory; the server that made it has stopped cleanly
 * @throws HarnessError CLUSTER, also where it takes longer than `timeoutMs`; PREREQUISITE with the engine's words;
 *   the signal's reason when aborted
 */
export function prepareInContainer(request: PreparationRequest): Promise<string> {
  const logFile = join(request.logDirectory, 'prepare.log');
  const limits = { ...request, failure: (what: string) => failure(logFile, what) };
  return withinStartLimit(limits, (preparing) => prepare({ ...request, ...preparing }, logFile));
}

async function prepare(request: PreparationRequest & Preparing, logFile: string): Promise<string> {
  const { live, flavor, containers, image, signal, doing } = request;
  const { server: kind } = flavor;
  const home = live.subdirectory('prepare');
  const directory = join(home, 'data');
  const socket = join(home, 's.sock');
  const optionFile = join(home, 'my.cnf');
  live.writeFile(
    optionFile,
    nodeConfiguration({
      ...request,
      name: 'prepare',
      provider: image.provider,
      address: '127.0.0.1',
      members: [],
      dataDirectory: directory,
      socket,
    }),
  );
  doing(`starting a container of ${image.reference}`);
  const starting = containers.start(
    {
      name: 'prepare',
      hostname: 'prepare',
      image: image.reference,
      command: [
        ...['sh', '-euc', initialiseAndServe(kind.inImage), 'prepare', optionFile, directory],
        ...flavor.preparingArguments,
        ...kind.hurriedArguments,
        ...kind.preparingArguments,
      ],
      user: request.user,
      directories: [home],
    },
    logFile,
  );
  // After an abort nobody waits for this container. If it still comes up, it is removed with the run's other
  // containers.
  const server = await unlessAborted(starting, signal);
  try {
    await createAccounts({
      ...request,
      socket,
      server: kind,
      whyItEnded: () => server.how,
      failure: (what) => failure(logFile, what),
    });
    doing("loading Kea's schema");
    await unlessAborted(loadSchema(request, home, socket, server), signal);
    doing('stopping the server that made the accounts');
    await unlessAborted(server.stop('SIGTERM', request.timeoutMs), signal);
  } finally {
    // A server that has not ended by now may be killed: its data directory is of no use any more.
    await server.stop('SIGKILL');
  }
  await server.remove();
  await Promise.all(
    ['galera.cache', 'gvwstate.dat', ...kind.notToCopy].map((file) =>
      rm(join(directory, file), { force: true }),
    ),
  );
  return directory;
}

/** Feeds Kea's own schema script to the image's database client. The password goes through a private file. */
async function loadSchema(
  { live, schema, password, flavor }: PreparationRequest,
  home: string,
  socket: string,
  server: RunningContainer,
): Promise<void> {
  const clientFile = join(home, 'client.cnf');
  const script = join(home, 'schema.sql');
  live.writeFile(clientFile, `[client]\nsocket=${socket}\nuser=${USERS.kea}\npassword=${password}\n`);
  live.writeFile(script, schema);
  try {
    await server.run([
      'sh',
      '-euc',
      `exec ${flavor.server.inImage.client} --defaults-file="$1" "$2" <"$3"`,
      'client',
      clientFile,
      DATABASE,
      script,
    ]);
  } catch (error) {
    throw failure(server.logFile, messageOf(error));
  }
  await Promise.all([rm(clientFile), rm(script)]);
}

function failure(logFile: string, what: string): HarnessError {
  const lines = lastLinesOf(logFile, 8).join('\n  ');
  return new HarnessError('CLUSTER', `the data directory can't be prepared: ${what}\n  ${lines}`, {
    hint: `the full log is in ${logFile}`,
  });
}
