/**
 * Kea knows one database host. A proxy between its servers and the nodes lets a server go to another node when its own
 * one fails.
 */
import { join } from 'node:path';
import { HarnessError } from '../../errors.js';
import type { Places } from '../../network/places.js';
import type { Programs } from '../../packages/programs.js';
import type { Cleanup } from '../../processes/cleanup.js';
import { whileAllRun } from '../../processes/guard.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { ManagedProcess } from '../../processes/managed-process.js';
import type { RunAs } from '../../processes/unprivileged-user.js';
import { storeText } from '../../processes/store.js';
import { CHECK_USER } from '../accounts.js';
import type { AccountPlugin } from '../flavors/server.js';
import type { StartedNode } from '../started-cluster.js';
import { proxyConfiguration, type ProxiedNode } from './configuration.js';
import { findsAllReady } from './finds-all-ready.js';
import { PROXY as NAME, type StartedProxy } from './started-proxy.js';

export interface LocalProxyRequest {
  programs: Pick<Programs, 'haproxy' | 'environment'>;
  nodes: readonly StartedNode[];
  /** How the account of the checks logs in. */
  accountPlugin: AccountPlugin;
  live: LiveDirectory;
  places: Places;
  runAs: RunAs | undefined;
  timeoutMs: number;
  /** Where its log and a copy of its configuration go. */
  logDirectory: string;
  keep: boolean;
  signal: AbortSignal;
  cleanup: Pick<Cleanup, 'push'>;
}

/** The port for the servers of the first node, where the proxy has an address of its own. Those of the others follow. */
const FIRST_PORT = 3306;

/**
 * Starts haproxy on this machine, and waits until its checks have found every node ready.
 * Errors: CLUSTER, with what each check found last; PREREQUISITE; the signal's reason when aborted.
 */
export async function startLocalProxy(request: LocalProxyRequest): Promise<StartedProxy> {
  const { programs, nodes, live, logDirectory, accountPlugin } = request;
  if (programs.haproxy === undefined) throw new HarnessError('INTERNAL', 'a proxy was not asked for');
  const home = live.subdirectory(NAME);
  const socket = join(home, 's.sock');
  const proxied: ProxiedNode[] = [];
  const place = request.places.of(NAME);
  for (const [index, { name, kea }] of nodes.entries())
    proxied.push({ name, host: kea.host, port: kea.port, proxyPort: await place.port(FIRST_PORT + index) });
  const text = proxyConfiguration({
    address: place.address,
    nodes: proxied,
    check: { user: CHECK_USER, plugin: accountPlugin },
    socket,
  });
  const file = join(home, 'haproxy.cfg');
  live.writeFile(file, text);
  storeText(join(logDirectory, 'haproxy.cfg'), text);
  const running = ManagedProcess.start({
    name: NAME,
    command: programs.haproxy,
    // -db: neither a daemon nor a master with workers, whatever the file says.
    args: ['-db', '-f', file],
    env: programs.environment,
    cwd: home,
    logFile: join(logDirectory, `${NAME}.log`),
    runAs: request.runAs,
    enter: place.enter,
    outlivesHarness: request.keep,
  });
  request.cleanup.push(NAME, () => running.stop());
  live.register(running.id);
  const below = nodes.flatMap((node) => node.running ?? []);
  await whileAllRun('CLUSTER', [running, ...below], request.signal, (signal) =>
    findsAllReady({ ...request, signal, running, socket }),
  );
  return {
    name: NAME,
    running,
    endpoints: new Map(
      proxied.map(({ name, proxyPort }) => [name, { host: place.address, port: proxyPort }]),
    ),
  };
}
