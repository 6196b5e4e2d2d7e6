import type { StartedServer } from '../kea/model.js';
import { readUdpSockets } from '../processes/udp-sockets.js';
import type { SocketDrops } from './model.js';

/**
 * Datagrams dropped so far at the sockets of a run, the servers' and the harness's. Read it while they are open: the
 * count goes with the socket.
 */
export function readSocketDrops(servers: readonly StartedServer[]): SocketDrops[] {
  const tables = { 4: readUdpSockets(4), 6: readUdpSockets(6) };
  const dropsAt = (family: 4 | 6, port: number): number =>
    tables[family].filter((socket) => socket.port === port).reduce((sum, { drops }) => sum + drops, 0);
  return servers.flatMap((server) => {
    const family = server.kind === 'dhcp4' ? 4 : 6;
    return [
      { socket: `kea ${server.name}`, drops: dropsAt(family, server.port) },
      { socket: `harness ${server.name}`, drops: dropsAt(family, server.replyPort) },
    ];
  });
}
