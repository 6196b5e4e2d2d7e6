import { join } from 'node:path';
import type { StartedCluster } from '../cluster/model.js';
import { HarnessError, messageOf } from '../errors.js';
import { KeaVersion } from '../packages/kea-version.js';
import type { Programs } from '../packages/programs.js';
import type { Cleanup } from '../processes/cleanup.js';
import { whileAllRun } from '../processes/guard.js';
import type { LiveDirectory } from '../processes/live-directory.js';
import { ManagedProcess, type RunAs } from '../processes/managed-process.js';
import type { PortBlock } from '../processes/port-block.js';
import { storeText } from '../processes/store.js';
import { dropsAt, readUdpSockets } from '../processes/udp-sockets.js';
import { until } from '../processes/wait.js';
import type { CaseKind } from '../scenario/schema.js';
import { allocationOf } from './allocation.js';
import { keaConfiguration, withoutPassword, type KeaSettings } from './configuration.js';
import { sendCommand } from './control-socket.js';
import type { StartedServer } from './model.js';
import { subnetOf } from './subnets.js';

export interface KeaServersRequest {
  programs: Programs;
  cluster: StartedCluster;
  /** Each case gets one server for each entry, pinned to that node, from 1. */
  cases: readonly CaseKind[];
  servers: readonly { node: number }[];
  settings: KeaSettings;
  live: LiveDirectory;
  ports: PortBlock;
  runAs: RunAs | undefined;
  logDirectory: string;
  timeoutMs: number;
  keep: boolean;
  signal: AbortSignal;
  cleanup: Pick<Cleanup, 'push'>;
}

/**
 * Starts the Kea servers of all cases and waits until each is ready. Everything started is on `cleanup`.
 * Errors: KEA, with the last lines of the server's log.
 */
export async function startKeaServers(request: KeaServersRequest): Promise<StartedServer[]> {
  // 2.6.3 takes a control socket in a directory of exactly this mode only, later ones in no more open one.
  const home = request.live.subdirectory('kea', 0o750);
  const launched: LaunchedServer[] = [];
  for (const kind of request.cases) {
    for (const [index, { node }] of request.servers.entries()) {
      launched.push(await launch(request, home, kind, index + 1, node));
    }
  }
  const ready = Promise.all(launched.map((server) => waitUntilReady(server, request)));
  return whileAllRun(
    'KEA',
    launched.map(({ running }) => running),
    ready,
  );
}

/** A server of the harness's own: nothing of it is unknown. */
type LaunchedServer = Required<Omit<StartedServer, 'allocation'>>;

async function launch(
  request: KeaServersRequest,
  home: string,
  kind: CaseKind,
  number: number,
  nodeNumber: number,
): Promise<LaunchedServer> {
  const { programs, settings, live, logDirectory } = request;
  const node = request.cluster.nodes[nodeNumber - 1];
  if (node === undefined)
    throw new HarnessError('INTERNAL', `server ${number} is pinned to node ${nodeNumber}`);
  const version = new KeaVersion(programs.versions.kea);
  const label = `${kind}-${number}`;
  const controlSocket = join(home, `${label}.sock`);
  const subnet = subnetOf(kind, settings);
  const configuration = keaConfiguration({
    kind,
    version,
    settings,
    subnet,
    database: node.kea,
    controlSocket,
    hooks: programs.keaHooks,
    serverNumber: number,
  });
  const file = join(home, `${label}.json`);
  live.writeFile(file, JSON.stringify(configuration));
  storeText(join(logDirectory, `kea-${label}.json`), withoutPassword(configuration) + '\n');
  const port = await request.ports.take();
  const replyPort = await request.ports.take();
  const name = `${kind} server-${number}`;
  const process = ManagedProcess.start({
    name,
    command: kind === 'dhcp4' ? programs.keaDhcp4 : programs.keaDhcp6,
    args: ['-c', file, '-p', String(port), '-P', String(replyPort)],
    env: {
      ...programs.keaEnvironment,
      KEA_PIDFILE_DIR: home,
      KEA_LOCKFILE_DIR: 'none',
      // From 2.6.3 on these may lie elsewhere than compiled in only if told so.
      KEA_CONTROL_SOCKET_DIR: home,
      KEA_LOG_FILE_DIR: home,
      KEA_DHCP_DATA_DIR: home,
      ...(programs.keaHooks === undefined ? {} : { KEA_HOOKS_PATH: programs.keaHooks }),
    },
    cwd: home,
    logFile: join(logDirectory, `kea-${label}.log`),
    runAs: request.runAs,
    outlivesHarness: request.keep,
  });
  request.cleanup.push(name, () => process.stop());
  live.register(process.id);
  const address = kind === 'dhcp4' ? '127.0.0.1' : '::1';
  return {
    name,
    kind,
    node: node.name,
    version: version.text,
    subnet,
    address,
    port,
    relay: { address, port: replyPort },
    threads: 0,
    controlAt: controlSocket,
    control: (command) => sendCommand(controlSocket, command),
    drops: () => Promise.resolve(dropsAt(readUdpSockets(kind === 'dhcp4' ? 4 : 6), port)),
    running: process,
  };
}

async function waitUntilReady(server: LaunchedServer, request: KeaServersRequest): Promise<StartedServer> {
  const waiting = { timeoutMs: request.timeoutMs, signal: request.signal };
  const status = await until(() => server.control('status-get').catch(() => undefined), waiting);
  if (status?.result !== 0) throw notReady(server, status?.text ?? 'no answer on its control socket');
  // Kea goes on without a socket it could not open, with only a warning in its log.
  const family = server.kind === 'dhcp4' ? 4 : 6;
  const listens = await until(
    () => readUdpSockets(family).some(({ port }) => port === server.port) || undefined,
    waiting,
  );
  if (listens === undefined)
    throw notReady(server, `it does not listen on ${server.address} port ${server.port}`);
  const threads = threadsOf(status.arguments);
  try {
    return { ...server, threads, allocation: allocationOf(await server.control('config-get')) };
  } catch (error) {
    throw notReady(server, messageOf(error));
  }
}

/** From `status-get` (Kea manual, "The status-get Command"). */
function threadsOf(status: unknown): number {
  const { 'multi-threading-enabled': enabled, 'thread-pool-size': size } = (status ?? {}) as Record<
    string,
    unknown
  >;
  return enabled === true && typeof size === 'number' ? size : 0;
}

function notReady({ running }: LaunchedServer, why: string): HarnessError {
  return new HarnessError('KEA', [`${running.name}: ${why}`, ...running.lastLines()].join('\n  '), {
    hint: `the whole log: ${running.logFile}`,
  });
}
