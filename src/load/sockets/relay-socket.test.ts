import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { EACH_TRANSPORT, withTransport } from '../transport/transport.test-support.js';
import { enlargeBuffers, RelaySocket, type SocketsRequest } from './relay-socket.js';

const opened: Socket[] = [];
afterEach(async () => {
  for (const socket of opened.splice(0)) await new Promise<void>((resolve) => socket.close(() => resolve()));
});

async function bound(port = 0): Promise<Socket> {
  const socket = createSocket('udp4');
  opened.push(socket);
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** A port that nobody uses. */
async function freePort(): Promise<number> {
  const socket = await bound();
  const { port } = socket.address();
  opened.splice(opened.indexOf(socket), 1);
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

const endpoint = (port: number, relay: { port: number; isShared?: boolean } = { port: 0 }) => ({
  name: 'dhcp4 server-1',
  address: '127.0.0.1',
  port,
  relay: { address: '127.0.0.1', ...relay },
});

/** Opens a relay socket that keeps what it hears. */
async function openRelay(request: SocketsRequest, at: ReturnType<typeof endpoint>) {
  const heard: Buffer[] = [];
  const relay = await RelaySocket.open(at, (datagram) => heard.push(Buffer.from(datagram)), request);
  return {
    relay,
    send: (datagram: Uint8Array) => {
      relay.send(datagram);
      request.transport.flush();
    },
    heard: () => {
      request.transport.receive();
      return heard.map(String);
    },
  };
}

describe.each(EACH_TRANSPORT)('a relay socket of %s', (transport) => {
  it('counts the datagrams that the kernel refused to send, by their server', () =>
    withTransport(transport, async (request) => {
      const { relay, send } = await openRelay(request, endpoint(9));
      // A UDP datagram can't hold so much.
      send(new Uint8Array(70_000));
      await expect.poll(() => relay.sendErrors).toEqual({ server: 'dhcp4 server-1', count: 1 });
    }));

  it('counts no send error for a server that is down, and reaches the server when it is up again', () =>
    withTransport(transport, async (request) => {
      const port = await freePort();
      const { relay, send, heard } = await openRelay(request, endpoint(port));
      for (let n = 0; n < 5; n++) send(Uint8Array.of(n));
      expect(heard()).toEqual([]);
      const arrived = once(await bound(port), 'message');
      send(Uint8Array.of(9));
      expect((await arrived)[0]).toEqual(Buffer.of(9));
      expect(relay.sendErrors.count).toBe(0);
    }));

  it('sends each of many datagrams once, in their order', () =>
    withTransport(transport, async (request) => {
      const server = await bound();
      const arrived: number[] = [];
      server.on('message', (datagram) => arrived.push(datagram.readUInt16BE()));
      const { relay } = await openRelay(request, endpoint(server.address().port));
      const datagram = Buffer.alloc(300);
      for (let n = 0; n < 100; n++) {
        datagram.writeUInt16BE(n);
        relay.send(datagram);
      }
      request.transport.flush();
      const all = Array.from({ length: 100 }, (_, n) => n);
      await expect.poll(() => arrived).toEqual(all);
    }));

  it('receives datagrams from its server only', () =>
    withTransport(transport, async (request) => {
      const [server, stranger] = [await bound(), await bound()];
      const asked = once(server, 'message');
      const { send, heard } = await openRelay(request, endpoint(server.address().port));
      send(Buffer.from('who?'));
      const [, { port }] = (await asked) as [Buffer, { port: number }];
      stranger.send('stranger', port, '127.0.0.1');
      server.send('server', port, '127.0.0.1');
      await expect.poll(heard).toEqual(['server']);
    }));

  it('receives the answers of its own server, even if all servers answer to one port of the relay', () =>
    withTransport(transport, async (request) => {
      const shared = { port: await freePort(), isShared: true };
      const answers = ['one', 'two', 'three'].map(async (name) => {
        const server = await bound();
        server.on('message', (_, { port, address }) => server.send(name, port, address));
        const { send, heard } = await openRelay(request, endpoint(server.address().port, shared));
        send(Buffer.from('who?'));
        await expect.poll(heard).toEqual([name]);
      });
      await Promise.all(answers);
    }));

  it('hands over the largest datagram, and the empty one', () =>
    withTransport(transport, async (request) => {
      const server = await bound();
      const asked = once(server, 'message');
      const largest = 'x'.repeat(65_507);
      const { send, heard } = await openRelay(request, endpoint(server.address().port));
      send(Buffer.from(largest));
      const [, { port }] = (await asked) as [Buffer, { port: number }];
      server.send(largest, port, '127.0.0.1');
      server.send('', port, '127.0.0.1');
      await expect.poll(() => heard().map(({ length }) => length)).toEqual([65_507, 0]);
    }));
});

it('a socket whose kernel gives no larger buffers is used as it is, and the run is told', () => {
  const lacks: string[] = [];
  const refusing = {
    setRecvBufferSize: () => {
      throw new Error('EPERM');
    },
    setSendBufferSize: () => undefined,
  };
  enlargeBuffers(refusing, { lacks: (what) => lacks.push(what) });
  expect(lacks).toEqual(['the kernel gives no larger receive buffers (EPERM)']);
});
