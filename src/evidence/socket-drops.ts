import { familyOf } from '../protocol/cases.js';
import type { StartedServer } from '../kea/model.js';
import { dropsAt, readUdpSockets } from '../processes/udp-sockets.js';
import type { SocketDrops } from './model.js';

/**
 * Datagrams dropped so far at the sockets of a run, the servers' (where that can be told) and the harness's. Read it
 * while they are open: the count goes with the socket.
 */
export async function readSocketDrops(servers: readonly StartedServer[]): Promise<SocketDrops[]> {
  const tables = { 4: readUdpSockets(4), 6: readUdpSockets(6) };
  const counted = new Set<string>();
  const drops = servers.map(async ({ name, kind, relay, drops }) => {
    // The table tells sockets apart by their port alone: those on a shared one are counted together, and once.
    const place = `${relay.address} ${relay.port}`;
    const isCounted = counted.has(place);
    counted.add(place);
    const onPort = isCounted ? 0 : dropsAt(tables[familyOf(kind)], relay.port);
    const own = { socket: `harness ${name}`, drops: onPort };
    // A server that has just died has no sockets to count at.
    const seen = await drops?.().catch(() => undefined);
    return seen === undefined ? [own] : [{ socket: `kea ${name}`, drops: seen }, own];
  });
  return (await Promise.all(drops)).flat();
}
