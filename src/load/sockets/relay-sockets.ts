import { familyOf } from '../../protocol/cases.js';
import type { LoadServer } from '../load-server.js';
import type { ClientLinks } from './client-links.js';
import {
  RelaySocket,
  type SendErrors,
  type ServerEndpoint,
  type ServerSocket,
  type SocketsRequest,
  type TakeAnswer,
} from './relay-socket.js';

/**
 * Opens the sockets of a server's relays, in the order of the relays. A DHCPv4 server answers each relay at the
 * relay's own address. A DHCPv6 server answers to where a message came from, so one socket is enough for it.
 */
export async function openRelays(
  server: LoadServer,
  receive: TakeAnswer,
  request: SocketsRequest & { links?: ClientLinks | undefined },
): Promise<RelaySocket[]> {
  const link = request.links?.of(server.name);
  const sockets: RelaySocket[] = [];
  for (const endpoint of endpointsOf(server))
    sockets.push(await RelaySocket.open({ ...endpoint, link }, receive, request));
  return sockets;
}

function endpointsOf({ subnets, relay, ...server }: LoadServer): ServerEndpoint[] {
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
