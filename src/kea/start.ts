import type { DatabaseAccess, StartedCluster, StartedNode } from '../cluster/started-cluster.js';
import { HarnessError, messageOf } from '../errors.js';
import type { Abilities } from '../faults/abilities.js';
import { allOf } from '../processes/all-of.js';
import { whileAllRun } from '../processes/guard.js';
import type { Running } from '../processes/running.js';
import { dropsAt, type UdpSocket } from '../processes/udp-sockets.js';
import { until } from '../processes/wait.js';
import type { CaseKind } from '../protocol/cases.js';
import { allocationOf, threadsOf } from './allocation.js';
import { sendCommand, type ControlAnswer } from './control-socket.js';
import type { OwnEnvironment } from './own-environment.js';
import type { KeaSettings } from './configuration.js';
import type { CaseSubnet } from './case-subnet.js';
import { stepsOf, type ServerVersions } from './versions/start-order.js';
import type { StartedServer } from './started-server.js';
import { sharedSubnets } from './subnets.js';

/** Which server to start; the provider decides where it runs. */
export interface ServerPlan {
  kind: CaseKind;
  /** The server's place in the scenario's list, from 1. */
  number: number;
  /** The node that it is pinned to; behind a proxy, the one that the proxy prefers for it. */
  node: StartedNode;
  /** How it reaches its database: at the node, or through the proxy. */
  database: DatabaseAccess;
  settings: KeaSettings;
  /** The subnets of its case, one for each relay. All servers of a case have the same. */
  subnets: readonly [CaseSubnet, ...CaseSubnet[]];
  /** What sets it apart from the other servers by its environment. */
  own: OwnEnvironment;
}

/** A server that was started and may not be ready yet. */
export interface LaunchedServer extends Omit<
  StartedServer,
  'threads' | 'allocation' | 'control' | 'drops' | 'proxy'
> {
  running: Running;
  /** Starts its program again after it has ended; absent where nobody can. */
  startAgain?: () => Promise<void>;
  /** The path of its control socket. */
  controlAt: string;
  /** The UDP sockets of its protocol where it runs. */
  sockets: () => Promise<readonly UdpSocket[]>;
}

export interface KeaServersRequest {
  cluster: StartedCluster;
  /**
   * Each case gets one server for each entry of `servers`. An entry names the node that the server is pinned to, from
   * 1.
   */
  cases: readonly CaseKind[];
  servers: readonly ({ node: number; settings: KeaSettings } & OwnEnvironment)[];
  /** Starts one server, and puts its end on the run's cleanup. */
  launch: (plan: ServerPlan) => Promise<LaunchedServer>;
  /** Present where servers may differ in version. */
  versions?: ServerVersions | undefined;
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * Starts the Kea servers of all cases, and waits until each is ready.
 * Errors: KEA, with the last lines of the server's log; CLUSTER where a node or the proxy ends meanwhile.
 */
export async function startKeaServers(request: KeaServersRequest): Promise<StartedServer[]> {
  const { nodes, proxy } = request.cluster;
  const below = [...nodes, ...(proxy === undefined ? [] : [proxy])].flatMap(({ running }) => running ?? []);
  const launched: LaunchedServer[] = [];
  const meanwhile = <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    whileAllRun(
      'KEA',
      launched.map(({ running }) => running),
      request.signal,
      work,
      { code: 'CLUSTER', running: below },
    );
  const plans = plansOf(request);
  const ready = new Map<ServerPlan, StartedServer>();
  for (const { those, afterUpgrade } of stepsOf(plans, request.versions)) {
    if (afterUpgrade !== undefined) await meanwhile(afterUpgrade);
    const next = await allOf(those.map((plan) => request.launch(plan)));
    launched.push(...next);
    const started = await meanwhile((signal) =>
      Promise.all(next.map((server) => waitUntilReady(server, { ...request, signal }))),
    );
    for (const [index, plan] of those.entries()) {
      const server = started[index];
      if (server !== undefined) ready.set(plan, server);
    }
  }
  return plans.flatMap((plan) => ready.get(plan) ?? []);
}

function plansOf({ cases, servers, cluster }: KeaServersRequest): ServerPlan[] {
  const all = servers.map(({ settings }) => settings);
  return cases.flatMap((kind) => {
    const subnets = sharedSubnets(kind, all);
    return servers.map(({ node: nodeNumber, settings, ...own }, index) => {
      const node = cluster.nodes[nodeNumber - 1];
      if (node === undefined)
        throw new HarnessError('INTERNAL', `server ${index + 1} is pinned to node ${nodeNumber}`);
      const database = { ...node.kea, ...cluster.proxy?.endpoints.get(node.name) };
      return { kind, number: index + 1, node, database, settings, subnets, own };
    });
  });
}

/** The server's name in reports. */
export function serverName({ kind, number }: Pick<ServerPlan, 'kind' | 'number'>): string {
  return `${kind} server-${number}`;
}

/** The server's name in file names. */
export function serverLabel({ kind, number }: ServerPlan): string {
  return `${kind}-${number}`;
}

async function waitUntilReady(
  launched: LaunchedServer,
  request: Pick<KeaServersRequest, 'timeoutMs' | 'signal' | 'cluster'>,
): Promise<StartedServer> {
  const { sockets, startAgain, ...server } = launched;
  const control = (command: string) => sendCommand(server.controlAt, command);
  const status = await serves(launched, request);
  const threads = threadsOf(status);
  const drops = async (): Promise<number> => dropsAt(await sockets(), server.port);
  try {
    const allocation = allocationOf(await control('config-get'));
    const abilities = abilitiesOf(launched, startAgain, request);
    const { proxy } = request.cluster;
    return {
      ...server,
      ...(proxy && { proxy: proxy.name }),
      threads,
      control,
      drops,
      allocation,
      ...(abilities && { abilities }),
    };
  } catch (error) {
    throw notReady(launched, messageOf(error));
  }
}

/** Waits until a server answers on its control socket and listens for clients. */
async function serves(
  launched: LaunchedServer,
  waiting: Pick<KeaServersRequest, 'timeoutMs' | 'signal'>,
): Promise<ControlAnswer> {
  const { sockets, controlAt, address, port } = launched;
  const status = await until(() => sendCommand(controlAt, 'status-get').catch(() => undefined), waiting);
  if (status?.result !== 0) throw notReady(launched, status?.text ?? 'no answer on its control socket');
  // Kea keeps running without a socket that it could not open, and only logs a warning.
  const listens = await until(
    async () => (await sockets()).some((one) => one.port === port) || undefined,
    waiting,
  );
  if (listens === undefined) throw notReady(launched, `it does not listen on ${address} port ${port}`);
  return status;
}

/** What faults can do to the server. It has started again when it serves again. */
function abilitiesOf(
  launched: LaunchedServer,
  startAgain: LaunchedServer['startAgain'],
  { timeoutMs }: Pick<KeaServersRequest, 'timeoutMs'>,
): Abilities | undefined {
  const { abilities, running } = launched;
  if (startAgain === undefined) return abilities;
  const start = async (signal: AbortSignal): Promise<void> => {
    await startAgain();
    await whileAllRun('KEA', [running], signal, (signal) => serves(launched, { timeoutMs, signal }));
  };
  return { ...abilities, start };
}

function notReady({ running }: LaunchedServer, why: string): HarnessError {
  return new HarnessError('KEA', [`${running.name}: ${why}`, ...running.lastLines()].join('\n  '), {
    hint: `the full log is in ${running.logFile}`,
  });
}
