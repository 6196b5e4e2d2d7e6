import { join } from 'node:path';
import type { RunNetwork } from '../../docker/network.js';
import type { RunContainers } from '../../docker/run-containers.js';
import { whileAllRun } from '../../processes/guard.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { storeText } from '../../processes/store.js';
import { CHECK_USER } from '../accounts.js';
import type { AccountPlugin } from '../flavors/server.js';
import type { StartedNode } from '../started-cluster.js';
import { proxyConfiguration } from './configuration.js';
import { findsAllReady } from './finds-all-ready.js';
import { PROXY, type StartedProxy } from './started-proxy.js';

export interface DockerProxyRequest {
  image: { reference: string };
  nodes: readonly StartedNode[];
  /** How the account of the checks logs in. */
  accountPlugin: AccountPlugin;
  containers: RunContainers;
  network: RunNetwork;
  live: LiveDirectory;
  /** The user that it runs as, inside its container as outside. */
  user: { uid: number; gid: number };
  timeoutMs: number;
  /** Where its log and a copy of its configuration go. */
  logDirectory: string;
  signal: AbortSignal;
}

/** The proxy is host 20 of the network: after the nodes, and before the servers. */
const HOST = 20;
/** The port for the servers of the first node. Each further node has the next one. */
const FIRST_PORT = 3306;

/**
 * Starts haproxy in a container of the run's network, and waits until its checks have found every node ready.
 * Errors: CLUSTER, with what each check found last; PREREQUISITE; the signal's reason when aborted.
 */
export async function startDockerProxy(request: DockerProxyRequest): Promise<StartedProxy> {
  const { nodes, live, logDirectory, containers, network } = request;
  const home = live.subdirectory(PROXY);
  const socket = join(home, 's.sock');
  const address = network.host(HOST);
  const proxied = nodes.map(({ name, kea: { host, port } }, index) => ({
    name,
    host,
    port,
    proxyPort: FIRST_PORT + index,
  }));
  const text = proxyConfiguration({
    address: address.v4,
    nodes: proxied,
    check: { user: CHECK_USER, plugin: request.accountPlugin },
    socket,
  });
  const file = join(home, 'haproxy.cfg');
  live.writeFile(file, text);
  storeText(join(logDirectory, 'haproxy.cfg'), text);
  const running = await containers.start(
    {
      name: PROXY,
      hostname: PROXY,
      image: request.image.reference,
      // -db: neither a daemon nor a master with workers, whatever the file says.
      command: ['haproxy', '-db', '-f', file],
      user: request.user,
      directories: [home],
      address,
    },
    join(logDirectory, `${PROXY}.log`),
  );
  const below = nodes.flatMap((node) => node.running ?? []);
  await whileAllRun('CLUSTER', [running, ...below], request.signal, (signal) =>
    findsAllReady({ ...request, signal, running, socket }),
  );
  return {
    name: PROXY,
    running,
    endpoints: new Map(proxied.map(({ name, proxyPort }) => [name, { host: address.v4, port: proxyPort }])),
  };
}
