import { CLIENT_PORTS, familyOf, SERVER_PORTS } from '../../protocol/cases.js';
import { join } from 'node:path';
import type { ClientsPlace, Places, RelayPlace } from '../../network/places.js';
import { KeaVersion } from '../../packages/kea/kea-version.js';
import type { Programs } from '../../packages/programs.js';
import type { Cleanup } from '../../processes/cleanup.js';
import type { LiveDirectory } from '../../processes/live-directory.js';
import { ManagedProcess, type ProcessSpec } from '../../processes/managed-process.js';
import type { RunAs } from '../../processes/unprivileged-user.js';
import { Restartable } from '../../processes/restartable.js';
import {
  environmentIn,
  HOME_MODE,
  keaArguments,
  removePidFile,
  writeConfigurationFile,
} from '../configuration-file.js';
import { ownEnvironment } from '../own-environment.js';
import { serverLabel, serverName, type LaunchedServer, type ServerPlan } from '../start.js';

export interface LocalKeaRequest {
  /** The programs of a Kea of the version that a server wants; undefined for that of all servers. */
  programsOf: (version: string | undefined) => Programs;
  live: LiveDirectory;
  places: Places;
  runAs: RunAs | undefined;
  logDirectory: string;
  /** Libraries that change every server. */
  preload?: readonly string[] | undefined;
  keep: boolean;
  cleanup: Pick<Cleanup, 'push'>;
}

/** Starts Kea servers as processes of this machine. */
export function localKea(request: LocalKeaRequest): (plan: ServerPlan) => Promise<LaunchedServer> {
  const home = request.live.subdirectory('kea', HOME_MODE);
  return (plan) => launch(request, home, plan);
}

async function launch(request: LocalKeaRequest, home: string, plan: ServerPlan): Promise<LaunchedServer> {
  const { live, logDirectory } = request;
  const { kind, number, node, database, settings } = plan;
  const programs = request.programsOf(settings.version);
  const version = new KeaVersion(programs.versions.kea);
  const name = serverName(plan);
  const label = serverLabel(plan);
  const family = familyOf(kind);
  const place = request.places.of(name, family);
  const clients = request.places.clientsOf?.(name, family);
  const { addresses, ...relay } =
    clients === undefined ? await request.places.relay(family) : besideClients(clients, family);
  const subnets = withRelayAddresses(plan.subnets, addresses);
  const { file, controlAt } = writeConfigurationFile({
    home,
    live,
    label,
    logDirectory,
    configuration: {
      kind,
      version,
      database,
      settings,
      subnets,
      listensOn: clients === undefined ? [`${place.link}/${place.address}`] : onLinkOf(clients, family),
      clientsOn: clients?.link,
      // Of servers on one address, a client's REQUEST must still name one (RFC 2131 section 4.3.2).
      serverIdentifier: place.isAlone ? undefined : `192.0.2.${number}`,
      hooks: programs.keaHooks,
      serverNumber: number,
    },
  });
  const port = await place.port(SERVER_PORTS[family]);
  const own = ownEnvironment(plan.own, programs.faketime);
  const preload = [...own.preload, ...(request.preload ?? [])];
  const spec: ProcessSpec = {
    name,
    command: family === 4 ? programs.keaDhcp4 : programs.keaDhcp6,
    args: place.isAlone ? keaArguments(file) : keaArguments(file, { port, replyPort: relay.port }),
    env: {
      ...programs.keaEnvironment,
      ...environmentIn(home, programs.keaHooks),
      ...own.variables,
    },
    preload: preload.length === 0 ? undefined : preload.join(':'),
    cwd: home,
    logFile: join(logDirectory, `kea-${label}.log`),
    runAs: request.runAs,
    // Kea hears broadcasts by raw sockets alone.
    enter: clients !== undefined && family === 4 ? place.enterWithRawSockets : place.enter,
    outlivesHarness: request.keep,
  };
  const begin = (): ManagedProcess => {
    const process = ManagedProcess.start(spec);
    live.register(process.id);
    return process;
  };
  const running = new Restartable(begin());
  request.cleanup.push(name, () => running.close());
  return {
    name,
    kind,
    node: node.name,
    version: version.text,
    subnets,
    address: clients?.address ?? place.address,
    port,
    relay,
    ...(clients && { clients }),
    running,
    startAgain: () => {
      removePidFile(home, label);
      return running.again(begin);
    },
    abilities: running.abilities,
    controlAt,
    sockets: () => Promise.resolve(place.udpSockets(family)),
  };
}

/** The clients' own addresses and port, in the place of a relay's. */
function besideClients({ udpSockets }: ClientsPlace, family: 4 | 6): RelayPlace {
  return { address: family === 4 ? '0.0.0.0' : '::', port: CLIENT_PORTS[family], isShared: true, udpSockets };
}

/** A DHCPv6 server takes multicast messages on the interface, and answers from its address there. */
function onLinkOf({ link, address }: ClientsPlace, family: 4 | 6): string[] {
  return [...(family === 4 ? [] : [link]), `${link}/${address}`];
}

/** The subnets, selected by the addresses that the relays have. */
function withRelayAddresses(
  [first, ...others]: ServerPlan['subnets'],
  addresses: RelayPlace['addresses'] = [],
): ServerPlan['subnets'] {
  const selected = <T extends { relayAddress: string }>(subnet: T, index: number): T => ({
    ...subnet,
    relayAddress: addresses[index] ?? subnet.relayAddress,
  });
  return [selected(first, 0), ...others.map((subnet, index) => selected(subnet, index + 1))];
}
