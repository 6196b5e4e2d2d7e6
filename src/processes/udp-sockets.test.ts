import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { readUdpSockets } from './udp-sockets.js';

describe.each([
  [4, 'udp4', '127.0.0.1'],
  [6, 'udp6', '::1'],
] as const)('the UDP sockets of IPv%i', (family, type, address) => {
  it('are those that are bound, with their drops', async () => {
    const socket = createSocket(type);
    socket.bind(0, address);
    await once(socket, 'listening');
    const { port } = socket.address();
    expect(readUdpSockets(family)).toContainEqual({ port, drops: 0 });
    socket.close();
    await once(socket, 'close');
    expect(readUdpSockets(family).map((found) => found.port)).not.toContain(port);
  });
});
