import { familyOf } from '../protocol/cases.js';
import type { StartedServer } from '../kea/started-server.js';
import { dropsAt, readUdpSockets } from '../processes/udp-sockets.js';
import type { SocketDrops } from './evidence.js';

/**
 * Reads how many datagrams were dropped so far at the sockets of a run: the harness's, and the servers' where that
 * can be read. Call it while the sockets are open, as the count ends with the socket.
 */
export async function readSocketDrops(servers: readonly StartedServer[]): Promise<SocketDrops[]> {
  const here = { 4: readUdpSockets(4), 6: readUdpSockets(6) };
  const counted = new Set<string>();
  const drops = servers.map(async ({ name, kind, relay, clients, drops }) => {
    // The kernel's table of a network tells sockets apart only by their port. Sockets on a shared port are counted
    // together, and once.
    const place = `${clients?.segment ?? ''} ${relay.address} ${relay.port}`;
    const isCounted = counted.has(place);
    counted.add(place);
    const family = familyOf(kind);
    const sockets = relay.udpSockets?.(family) ?? here[family];
    const onPort = isCounted ? 0 : dropsAt(sockets, relay.port);
    const own = { socket: `harness ${name}`, drops: onPort };
    // A server that has just died has no socket to read.
    const seen = await drops?.().catch(() => undefined);
    return seen === undefined ? [own] : [{ socket: `kea ${name}`, drops: seen }, own];
  });
  return (await Promise.all(drops)).flat();
}
