import { type CaseKind, familyOf, SERVER_PORTS } from '../../protocol/cases.js';
import { join } from 'node:path';
import type { RunNetwork } from '../../docker/network.js';
import type { ContainerSpec, RunContainers } from '../../docker/run-containers.js';
import { HarnessError } from '../../errors.js';
import { KeaVersion } from '../../packages/kea/kea-version.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { Restartable } from '../../processes/restartable.js';
import type { PortBlock } from '../../processes/port-block.js';
import { parseUdpSockets } from '../../processes/udp-sockets.js';
import {
  environmentIn,
  HOME_MODE,
  keaArguments,
  removePidFile,
  writeConfigurationFile,
} from '../configuration-file.js';
import { ownEnvironment } from '../own-environment.js';
import type { KeaImage } from './kea-image.js';
import { serverLabel, serverName, type LaunchedServer, type ServerPlan } from '../start.js';

export interface DockerKeaRequest {
  /** The image of a server, by the version that the server wants. */
  imageOf: (wanted: string | undefined) => Pick<KeaImage, 'reference' | 'version'>;
  containers: RunContainers;
  network: RunNetwork;
  live: LiveDirectory;
  /** Ports for the answers: each server sends its answers to a port of its own. */
  ports: PortBlock;
  /** The user that the servers run as, inside their containers as outside. */
  user: { uid: number; gid: number };
  /** The cases of the run, in the order of their servers' addresses. */
  cases: readonly CaseKind[];
  logDirectory: string;
}

/** The servers are the hosts 21 and up of the network, at most nine for each case. */
const BEFORE_FIRST_SERVER = 20;
const SERVERS_A_CASE = 9;

/** The interface of a container with one network. */
const INTERFACE = 'eth0';

/**
 * Starts Kea servers, each in its own container. They send their answers to the harness, at the network's gateway.
 */
export function dockerKea(request: DockerKeaRequest): (plan: ServerPlan) => Promise<LaunchedServer> {
  const home = request.live.subdirectory('kea', HOME_MODE);
  return (plan) => launch(request, home, plan);
}

async function launch(request: DockerKeaRequest, home: string, plan: ServerPlan): Promise<LaunchedServer> {
  const { containers, network, live, logDirectory } = request;
  const { kind, number, node, database, settings } = plan;
  const image = request.imageOf(settings.version);
  const family = familyOf(kind);
  const host = network.host(BEFORE_FIRST_SERVER + SERVERS_A_CASE * request.cases.indexOf(kind) + number);
  const address = family === 4 ? host.v4 : host.v6;
  const gateway = family === 4 ? network.gateway.v4 : network.gateway.v6;
  if (address === undefined || gateway === undefined)
    throw new HarnessError('INTERNAL', `${kind} needs IPv6, which the network does not have`);
  const name = serverName(plan);
  const label = serverLabel(plan);
  // In DHCPv4 the relay's address selects the subnet, and Kea sends its answers to that address.
  const [whole, ...others] = plan.subnets;
  const subnets = [{ ...whole, ...(family === 4 ? { relayAddress: gateway } : {}) }, ...others] as const;
  const { file, controlAt } = writeConfigurationFile({
    home,
    live,
    label,
    logDirectory,
    configuration: {
      kind,
      version: new KeaVersion(image.version),
      database,
      settings,
      subnets,
      listensOn: [`${INTERFACE}/${address}`],
      hooks: undefined,
      serverNumber: number,
    },
  });
  const port = SERVER_PORTS[family];
  const replyPort = await request.ports.take();
  const spec: ContainerSpec = {
    name,
    hostname: label,
    image: image.reference,
    command: [family === 4 ? 'kea-dhcp4' : 'kea-dhcp6', ...keaArguments(file, { port, replyPort })],
    environment: { ...environmentIn(home, undefined), ...ownEnvironment(plan.own).variables },
    user: request.user,
    directories: [home],
    address: host,
    endsFirst: true,
  };
  const logFile = join(logDirectory, `kea-${label}.log`);
  const running = new Restartable(await containers.start(spec, logFile));
  const table = family === 4 ? '/proc/net/udp' : '/proc/net/udp6';
  return {
    name,
    kind,
    node: node.name,
    version: image.version,
    subnets,
    address,
    port,
    relay: { address: gateway, port: replyPort },
    running,
    startAgain: () => {
      removePidFile(home, label);
      return running.again((ended) => containers.startAgain(ended, spec, logFile));
    },
    abilities: running.abilities,
    controlAt,
    sockets: async () => parseUdpSockets(await running.current.run(['cat', table])),
  };
}
