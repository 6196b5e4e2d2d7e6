import { familyOf } from '../../protocol/cases.js';
import type { StartedServer } from '../../kea/started-server.js';
import type { ClientLinks } from './client-links.js';
import {
  RelaySocket,
  type DatagramTap,
  type SendErrors,
  type ServerEndpoint,
  type ServerSocket,
} from './sockets.js';

/**
 * Opens the sockets of a server's relays, in the order of the relays. A DHCPv4 server answers each relay at the
 * relay's own address. A DHCPv6 server answers to where a message came from, so one socket is enough for it.
 *
 * @param opened gets each socket as soon as it is open, so that the caller can close it after a failure
 */
export async function openRelays(
  server: StartedServer,
  receive: (datagram: Uint8Array) => void,
  opened: ServerSocket[],
  { tap, links }: { tap?: DatagramTap | undefined; links?: ClientLinks | undefined } = {},
): Promise<RelaySocket[]> {
  const sockets: RelaySocket[] = [];
  const link = links?.of(server.name);
  for (const endpoint of endpointsOf(server)) {
    const socket = await RelaySocket.open({ ...endpoint, link }, receive, tap);
    sockets.push(socket);
    opened.push(socket);
  }
  return sockets;
}

function endpointsOf({ subnets, relay, ...server }: StartedServer): ServerEndpoint[] {
  const [, ...further] = familyOf(server.kind) === 4 ? subnets : [];
  const relays = [relay, ...further.map(({ relayAddress }) => ({ ...relay, address: relayAddress }))];
  return relays.map((one) => ({ ...server, relay: one }));
}

/** Counts the datagrams that were not sent, over all sockets of a server. */
export function sendErrorsOf(sockets: readonly ServerSocket[]): SendErrors[] {
  const counts = new Map<string, number>();
  for (const { sendErrors } of sockets)
    counts.set(sendErrors.server, (counts.get(sendErrors.server) ?? 0) + sendErrors.count);
  return [...counts].map(([server, count]) => ({ server, count }));
}
