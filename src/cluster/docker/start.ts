import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContainerSpec } from '../../docker/run-containers.js';
import { waitForGateway } from '../../docker/network.js';
import { allOf } from '../../processes/all-of.js';
import { whileAllRun } from '../../processes/guard.js';
import { Restartable } from '../../processes/restartable.js';
import { storeText } from '../../processes/store.js';
import { unlessAborted } from '../../processes/wait.js';
import { DATABASE, USERS } from '../accounts.js';
import { copyDirectory } from '../copy-directory.js';
import { describeCluster } from '../describe.js';
import { STANDARD_PORTS } from '../flavors/flavor.js';
import type { DatabaseAccess, StartedCluster, StartedNode } from '../started-cluster.js';
import { nodeAbilities, type EndedServer } from '../node-abilities.js';
import type { CommitLog } from '../commit-log.js';
import { nodeConfiguration } from '../node-configuration.js';
import { printInContainer } from './print-log.js';
import { prepareInContainer } from './data-directory.js';
import type { DockerClusterRequest } from './request.js';

/** The standard ports. Nodes can share them, because each node has an address of its own. */
/** Nodes are hosts 11 to 19 of the network. */
const BEFORE_FIRST_NODE = 10;

/**
 * Brings up a cluster in containers. Node N is host 10 + N of the run's network, and its live data lie in the run's
 * live directory. Everything that this starts is removed with `containers`.
 * Errors: CLUSTER, PREREQUISITE; the signal's reason when aborted.
 */
export async function startDockerCluster(request: DockerClusterRequest): Promise<StartedCluster> {
  const { flavor, signal } = request;
  const password = randomBytes(18).toString('base64url');
  const prepared = await prepareInContainer({ ...request, password, ports: STANDARD_PORTS });
  const nodes = await launchNodes(request, prepared, password);
  const running = nodes.map((node) => node.running);
  await whileAllRun('CLUSTER', running, signal, async (signal) => {
    const waiting = { timeoutMs: request.timeoutMs, signal };
    await waitForGateway(request.network, signal);
    await flavor.waitUntilReady(nodes, waiting);
    await flavor.checkReplication(nodes, waiting);
  });
  return { nodes, ...(await describeCluster(nodes, flavor.settingsThatMatter)) };
}

async function launchNodes(
  request: DockerClusterRequest,
  prepared: string,
  password: string,
): Promise<NodeInContainer[]> {
  const { flavor, live, network } = request;
  const stateFiles = flavor.stateFiles(request.nodes);
  const startArguments = flavor.startArguments(request.nodes);
  const places = stateFiles.map((files, index) => ({
    name: `node-${index + 1}`,
    files,
    startArguments: startArguments[index] ?? [],
    home: live.subdirectory(`node-${index + 1}`),
    address: network.host(BEFORE_FIRST_NODE + index + 1),
  }));
  const members = places.map(({ address }) => `${address.v4}:${STANDARD_PORTS.group}`);
  await Promise.all(
    places.map(async ({ home, files }) => {
      const data = join(home, 'data');
      await copyDirectory(prepared, data, { runAs: request.user, signal: request.signal });
      for (const [file, text] of Object.entries(files)) live.writeFile(join(data, file), text);
    }),
  );
  await rm(prepared, { recursive: true });
  const launches = places.map(async ({ name, home, address, ...place }, n): Promise<NodeInContainer> => {
    const commitLog = commitLogOf(request, { node: name, home, serverId: n + 1 });
    const text = nodeConfiguration({
      commitLog,
      name,
      flavor,
      provider: request.image.provider,
      address: address.v4,
      ports: STANDARD_PORTS,
      members,
      dataDirectory: join(home, 'data'),
      socket: join(home, 's.sock'),
      settings: request.settings,
    });
    const optionFile = join(home, 'my.cnf');
    live.writeFile(optionFile, text);
    storeText(join(request.logDirectory, `${name}.cnf`), text);
    const { containers, image, user } = request;
    const logFile = join(request.logDirectory, `${name}.log`);
    const command = [flavor.server.inImage.server, `--defaults-file=${optionFile}`];
    const spec = (args: readonly string[]): Omit<ContainerSpec, 'address'> => ({
      name,
      hostname: name,
      image: image.reference,
      command: [...command, ...args],
      user,
      directories: [home],
    });
    const first = await containers.start({ ...spec(place.startArguments), address }, logFile);
    const running = new Restartable(first);
    const access = (user: string): DatabaseAccess => ({
      host: address.v4,
      port: STANDARD_PORTS.client,
      user,
      password,
      database: DATABASE,
    });
    const admin = access(USERS.admin);
    const abilities = nodeAbilities({
      ...request,
      name,
      running,
      admin,
      dataDirectory: join(home, 'data'),
      again: (more) =>
        running.again((ended) => containers.startAgain(ended, { ...spec(more), address }, logFile)),
      runToEnd: async (more, signal) => unlessAborted(untilItEnds(request, spec(more)), signal),
    });
    return { name, running, kea: access(USERS.kea), admin, commitLog, abilities };
  });
  return allOf(launches);
}

/** The binary log of a node, in a directory of its own; undefined where none is wanted. */
function commitLogOf(
  { commitHistory = false, containers, flavor, image, user, live }: DockerClusterRequest,
  { node, home, serverId }: { node: string; home: string; serverId: number },
): CommitLog | undefined {
  if (!commitHistory) return undefined;
  const command = flavor.server.inImage.printLog;
  const print = printInContainer({ containers, image: image.reference, command, user, node, home });
  return { directory: live.subdirectory(`${node}/binlog`), serverId, print };
}

type NodeInContainer = Required<Omit<StartedNode, 'commitLog'>> & Pick<StartedNode, 'commitLog'>;

/** Runs a node's server in a container of its own, beside no other, until it ends by itself. */
async function untilItEnds(
  { containers, logDirectory }: DockerClusterRequest,
  spec: Omit<ContainerSpec, 'address'>,
): Promise<EndedServer> {
  const logFile = join(logDirectory, `${spec.name}-recovery.log`);
  const { code, stdout, stderr } = await containers.runToEnd({
    ...spec,
    hostname: `${spec.hostname}-recovery`,
  });
  const printed = stdout + stderr;
  storeText(logFile, printed);
  return { code, printed, logFile };
}
