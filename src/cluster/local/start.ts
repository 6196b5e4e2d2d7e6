import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError } from '../../errors.js';
import type { Place, Places } from '../../network/places.js';
import type { Programs } from '../../packages/programs.js';
import type { Cleanup } from '../../processes/cleanup.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { whileAllRun } from '../../processes/guard.js';
import { ManagedProcess, type ProcessSpec } from '../../processes/managed-process.js';
import type { RunAs } from '../../processes/unprivileged-user.js';
import { Restartable } from '../../processes/restartable.js';
import { runToEnd } from '../../processes/run-to-end.js';
import { storeText } from '../../processes/store.js';
import type { DatabaseAccess, StartedCluster, StartedNode } from '../started-cluster.js';
import { STANDARD_PORTS, type DatabaseFlavor, type NodePorts } from '../flavors/flavor.js';
import { copyDirectory } from '../copy-directory.js';
import { describeCluster } from '../describe.js';
import { nodeAbilities, type EndedServer } from '../node-abilities.js';
import { nodeConfiguration } from '../node-configuration.js';
import { DATABASE, USERS } from '../accounts.js';
import type { CommitLog } from '../commit-log.js';
import { printLocally } from './print-log.js';
import { dataDirectory, type PreparedData } from './kept-data-directory.js';

export interface LocalClusterRequest {
  flavor: DatabaseFlavor;
  programs: Programs;
  live: LiveDirectory;
  places: Places;
  runAs: RunAs | undefined;
  nodes: number;
  settings: Readonly<Record<string, string | number | boolean>>;
  /** Whether each node writes a binary log that the harness reads; false by default. */
  commitHistory?: boolean;
  timeoutMs: number;
  /** Whether the nodes are to be checked by a proxy; false by default. */
  behindProxy?: boolean;
  /** Where each node's log and a copy of its configuration go. */
  logDirectory: string;
  keep: boolean;
  signal: AbortSignal;
  cleanup: Pick<Cleanup, 'push'>;
}

/** A node before it starts: where it is, and the ports that it has there. */
interface NodePlan {
  name: string;
  place: Place;
  ports: NodePorts;
}

/**
 * Brings up a cluster of real nodes on this machine from nothing. Everything it starts is on `cleanup` from the moment
 * it exists.
 * Errors: CLUSTER, PREREQUISITE; the signal's reason when aborted.
 */
export async function startLocalCluster(request: LocalClusterRequest): Promise<StartedCluster> {
  const { flavor, programs, logDirectory } = request;
  const plans: NodePlan[] = [];
  for (let n = 1; n <= request.nodes; n++) plans.push(await planNode(`node-${n}`, request.places));
  const [first] = plans;
  if (first === undefined) throw new HarnessError('INTERNAL', 'a cluster without nodes');

  const prepared = await dataDirectory({
    ...request,
    enter: first.place.enter,
    node: {
      flavor,
      provider: programs.wsrepProvider,
      installation: programs,
      address: first.place.address,
      ports: first.ports,
      settings: request.settings,
    },
    logFile: join(logDirectory, 'prepare.log'),
  });
  const nodes = await launchNodes(request, plans, prepared);
  const running = nodes.flatMap((node) => node.running ?? []);
  try {
    await whileAllRun('CLUSTER', running, request.signal, async (signal) => {
      const waiting = { timeoutMs: request.timeoutMs, signal };
      await flavor.waitUntilReady(nodes, waiting);
      await flavor.checkReplication(nodes, waiting);
    });
  } catch (error) {
    if (!request.signal.aborted) prepared.distrust();
    throw error;
  }
  return { nodes, ...(await describeCluster(nodes, flavor.settingsThatMatter)) };
}

async function planNode(name: string, places: Places): Promise<NodePlan> {
  const place = places.of(name);
  const { client, group, sst, ist } = STANDARD_PORTS;
  const ports = {
    client: await place.port(client),
    group: await place.port(group),
    sst: await place.port(sst),
    ist: await place.port(ist),
  };
  return { name, place, ports };
}

async function launchNodes(
  request: LocalClusterRequest,
  plans: readonly NodePlan[],
  { directory, password }: PreparedData,
): Promise<StartedNode[]> {
  const { flavor, live, programs, logDirectory } = request;
  const stateFiles = flavor.stateFiles(plans.length);
  const startArguments = flavor.startArguments(plans.length);
  const homes = plans.map(({ name }) => live.subdirectory(name));
  await Promise.all(
    homes.map(async (home, n) => {
      const data = join(home, 'data');
      await copyDirectory(directory, data, request);
      for (const [file, text] of Object.entries(stateFiles[n] ?? {})) live.writeFile(join(data, file), text);
    }),
  );
  await rm(join(live.path, 'prepare'), { recursive: true, force: true });
  return plans.map(({ name, place, ports }, n) => {
    const home = homes[n] as string;
    const { address } = place;
    const socket = join(home, 's.sock');
    const commitLog = commitLogOf(request, name, n + 1);
    const text = nodeConfiguration({
      commitLog,
      name,
      flavor,
      provider: programs.wsrepProvider,
      installation: programs,
      address,
      dataDirectory: join(home, 'data'),
      socket,
      ports,
      members: plans.map((plan) => `${plan.place.address}:${plan.ports.group}`),
      settings: request.settings,
    });
    const optionFile = join(home, 'my.cnf');
    live.writeFile(optionFile, text);
    storeText(join(logDirectory, `${name}.cnf`), text);
    const args = [`--defaults-file=${optionFile}`];
    const spec: ProcessSpec = {
      name,
      command: programs.mariadbd,
      args: [...args, ...(startArguments[n] ?? [])],
      env: programs.environment,
      cwd: home,
      logFile: join(logDirectory, `${name}.log`),
      runAs: request.runAs,
      enter: place.enter,
      outlivesHarness: request.keep,
    };
    const begin = (all: readonly string[]): ManagedProcess => {
      const process = ManagedProcess.start({ ...spec, args: all });
      live.register(process.id);
      return process;
    };
    const running = new Restartable(begin(spec.args));
    // SIGKILL is enough: the data is thrown away with the run, so the node need not shut down in order.
    request.cleanup.push(name, () => running.close('SIGKILL'));
    const access = (user: string): DatabaseAccess => ({
      host: address,
      port: ports.client,
      // The harness is not on the node's own network.
      ...(place.isAlone ? { socketPath: socket } : {}),
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
      again: (more) => running.again(() => begin([...args, ...more])),
      runToEnd: (more, signal) => untilItEnds({ ...spec, args: [...args, ...more] }, logDirectory, signal),
    });
    return { name, running, kea: access(USERS.kea), admin, commitLog, abilities };
  });
}

/** The binary log of a node, in a directory of its own; undefined where none is wanted, or nothing can print it. */
function commitLogOf(
  { commitHistory = false, programs, runAs, live }: LocalClusterRequest,
  node: string,
  serverId: number,
): CommitLog | undefined {
  const { mariadbBinlog: command, environment: env } = programs;
  if (!commitHistory || command === undefined) return undefined;
  const directory = live.subdirectory(`${node}/binlog`);
  return { directory, serverId, print: printLocally({ command, env, runAs }) };
}

/** Runs a node's server until it ends by itself. */
async function untilItEnds(
  spec: ProcessSpec,
  logDirectory: string,
  signal: AbortSignal,
): Promise<EndedServer> {
  const logFile = join(logDirectory, `${spec.name}-recovery.log`);
  const code = await runToEnd({ ...spec, logFile, signal });
  return { code, printed: readFileSync(logFile, 'utf8'), logFile };
}
