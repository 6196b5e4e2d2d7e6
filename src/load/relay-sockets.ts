import { familyOf } from '../protocol/cases.js';
import type { StartedServer } from '../kea/model.js';
import { RelaySocket, type DatagramTap, type SendErrors, type ServerEndpoint } from './sockets.js';

/**
 * The sockets of a server's relays, in their order: a DHCPv4 server answers each relay at its own address, one of DHCPv6
 * answers where a message came from, so that one socket is enough.
 *
 * @param opened takes each as soon as it is open, for whoever closes them
 */
export async function openRelays(
  server: StartedServer,
  receive: (datagram: Uint8Array) => void,
  opened: RelaySocket[],
  tap?: DatagramTap,
): Promise<RelaySocket[]> {
  const sockets: RelaySocket[] = [];
  for (const endpoint of endpointsOf(server)) {
    const socket = await RelaySocket.open(endpoint, receive, tap);
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

/** What was not sent, of all sockets of a server together. */
export function sendErrorsOf(sockets: readonly RelaySocket[]): SendErrors[] {
  const counts = new Map<string, number>();
  for (const { sendErrors } of sockets)
    counts.set(sendErrors.server, (counts.get(sendErrors.server) ?? 0) + sendErrors.count);
  return [...counts].map(([server, count]) => ({ server, count }));
}
