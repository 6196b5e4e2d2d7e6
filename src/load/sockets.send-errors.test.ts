import { expect, it } from 'vitest';
import { RelaySocket } from './sockets.js';

it('counts the datagrams that the kernel refused to send, for the server they were for', async () => {
  const endpoint = {
    name: 'dhcp4 server-1',
    address: '127.0.0.1',
    port: 9,
    relay: { address: '127.0.0.1', port: 0 },
  };
  const relay = await RelaySocket.open(endpoint, () => undefined);
  try {
    // No UDP datagram holds as much.
    relay.send(new Uint8Array(70_000));
    await expect.poll(() => relay.sendErrors).toEqual({ server: 'dhcp4 server-1', count: 1 });
  } finally {
    await relay.close();
  }
});
