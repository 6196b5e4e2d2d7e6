import { HarnessError } from '../errors.js';
import { familyOf, serverPortOf, type CaseKind } from '../protocol/cases.js';
import type { Scenario } from '../scenario/schema.js';
import { allocationOf, threadsOf } from './allocation.js';
import { controlChannel } from './control-channel.js';
import type { ControlAnswer } from './control-socket.js';
import type { ServedSubnet, StartedServer } from './started-server.js';

type External = NonNullable<Scenario['external']>;

/**
 * Finds the servers that someone else runs, case by case in the scenario's order. A server with a control channel is
 * asked for its version and how it allocates, like the servers that the harness starts.
 * Errors: KEA where a control channel that the scenario names does not answer.
 */
export async function findExternalServers(
  external: External,
  cases: readonly CaseKind[],
): Promise<StartedServer[]> {
  return Promise.all(externalServers(external, cases).map(ask));
}

/** The servers as the scenario names them, whether or not they answer. */
export function externalServers(external: External, cases: readonly CaseKind[]): StartedServer[] {
  const servers = cases.flatMap((kind) =>
    external.servers.map((server, index) => describeServer(external, kind, server, index + 1)),
  );
  return servers.map((server) => withSharedRelay(server, servers));
}

/**
 * Marks a relay port that several servers answer to. Unless the scenario says otherwise, all answer to the well-known
 * port.
 */
function withSharedRelay(server: StartedServer, all: readonly StartedServer[]): StartedServer {
  const { address, port } = server.relay;
  const onPort = all.filter(({ relay }) => relay.address === address && relay.port === port);
  return onPort.length === 1 ? server : { ...server, relay: { address, port, isShared: true } };
}

function describeServer(
  { subnets }: External,
  kind: CaseKind,
  server: External['servers'][number],
  number: number,
): StartedServer {
  const endpoint = server[kind];
  const subnet = subnets[kind];
  if (endpoint === undefined || subnet === undefined) {
    throw new HarnessError('INTERNAL', `server ${number} has no endpoint or subnet for ${kind}`);
  }
  const wellKnown = serverPortOf(kind);
  const { address, port = wellKnown, relay, replyPort = wellKnown, control } = endpoint;
  return {
    name: `${kind} server-${number}`,
    kind,
    node: `node-${server.node}`,
    version: '',
    subnets: [caseSubnet(subnet, relay)],
    address,
    port,
    relay: { address: relay, port: replyPort },
    threads: 0,
    ...(control === undefined
      ? {}
      : { control: controlChannel(control, familyOf(kind) === 4 ? 'dhcp4' : 'dhcp6') }),
  };
}

/** In DHCPv4 the relay's own address selects the subnet, and the server answers to that address. */
function caseSubnet(
  { id, linkAddress, pool, prefixPool }: NonNullable<External['subnets'][CaseKind]>,
  relay: string,
): ServedSubnet {
  return {
    id,
    relayAddress: linkAddress ?? relay,
    ...(pool && { pool }),
    ...(prefixPool && { prefixPool }),
  };
}

async function ask(server: StartedServer): Promise<StartedServer> {
  const { control } = server;
  if (control === undefined) return server;
  try {
    const { text = '' } = await control('version-get');
    return { ...server, version: text, ...(await allocationSaid(server, control)) };
  } catch (error) {
    throw new HarnessError('KEA', `${server.name} does not answer on its control channel`, {
      hint: "correct `control`, or remove it: the server's counters are then not compared",
      cause: error,
    });
  }
}

/**
 * Asks a server for its threads and how it allocates. Its operator may refuse some commands; what those would tell
 * stays unknown.
 */
async function allocationSaid(
  { subnets: [{ id }] }: StartedServer,
  control: NonNullable<StartedServer['control']>,
): Promise<Partial<Pick<StartedServer, 'threads' | 'allocation'>>> {
  const told = async <T>(command: string, read: (answer: ControlAnswer) => T): Promise<T | undefined> => {
    try {
      return read(await control(command));
    } catch {
      return undefined;
    }
  };
  const threads = await told('status-get', threadsOf);
  const allocation = await told('config-get', (answer) => allocationOf(answer, id));
  return { ...(threads === undefined ? {} : { threads }), ...(allocation && { allocation }) };
}
