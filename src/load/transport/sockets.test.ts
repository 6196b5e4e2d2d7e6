import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { RelaySocket } from './sockets.js';

it('counts the datagrams that the kernel refused to send, by their server', async () => {
  const endpoint = {
    name: 'dhcp4 server-1',
    address: '127.0.0.1',
    port: 9,
    relay: { address: '127.0.0.1', port: 0 },
  };
  const relay = await RelaySocket.open(endpoint, () => undefined);
  try {
    // A UDP datagram can't hold so much.
    relay.send(new Uint8Array(70_000));
    await expect.poll(() => relay.sendErrors).toEqual({ server: 'dhcp4 server-1', count: 1 });
  } finally {
    await relay.close();
  }
});

it('counts no send error for a server that is down, and reaches the server when it is up again', async () => {
  const server = createSocket('udp4').bind(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise<void>((resolve) => server.close(resolve));
  const relayAt = { address: '127.0.0.1', port: 0 };
  const endpoint = { name: 'dhcp4 server-1', address: '127.0.0.1', port, relay: relayAt };
  const relay = await RelaySocket.open(endpoint, () => undefined);
  const back = createSocket('udp4');
  try {
    for (let n = 0; n < 5; n++) relay.send(Uint8Array.of(n));
    back.bind(port, '127.0.0.1');
    await once(back, 'listening');
    const arrived = once(back, 'message');
    relay.send(Uint8Array.of(9));
    expect((await arrived)[0]).toEqual(Buffer.of(9));
    expect(relay.sendErrors.count).toBe(0);
  } finally {
    await relay.close();
    await new Promise<void>((resolve) => back.close(() => resolve()));
  }
});

it('receives datagrams from its server only', async () => {
  const [server, stranger] = [createSocket('udp4'), createSocket('udp4')];
  for (const socket of [server, stranger]) {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
  }
  const asked = once(server, 'message');
  const heard: number[] = [];
  const endpoint = {
    name: 'dhcp4 server-1',
    address: '127.0.0.1',
    port: server.address().port,
    relay: { address: '127.0.0.1', port: 0 },
  };
  const relay = await RelaySocket.open(endpoint, (datagram) => heard.push(datagram[0] ?? -1));
  try {
    relay.send(Uint8Array.of(1));
    const [, { port }] = (await asked) as [Buffer, { port: number }];
    stranger.send(Uint8Array.of(7), port, '127.0.0.1');
    server.send(Uint8Array.of(2), port, '127.0.0.1');
    await expect.poll(() => heard).toContain(2);
    expect(heard).toEqual([2]);
  } finally {
    await relay.close();
    for (const socket of [server, stranger])
      await new Promise<void>((resolve) => socket.close(() => resolve()));
  }
});
