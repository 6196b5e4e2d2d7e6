import { createSocket, type Socket } from 'node:dgram';
import { afterEach, expect, it } from 'vitest';
import { RelaySocket } from './sockets.js';

const opened: { close: () => unknown }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

/** Answers each datagram with its own name, to the sender of the datagram. */
async function server(name: string): Promise<Socket> {
  const socket = createSocket('udp4');
  opened.push(socket);
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.on('message', (_, { port, address }) => socket.send(name, port, address));
  return socket;
}

async function freePort(): Promise<number> {
  const socket = await server('');
  const { port } = socket.address();
  socket.close();
  opened.splice(opened.indexOf(socket), 1);
  return port;
}

it('each server’s answers arrive at its own socket, even if all servers answer to one port of the relay', async () => {
  const relay = { address: '127.0.0.1', port: await freePort(), isShared: true };
  const answers = ['one', 'two', 'three'].map(async (name) => {
    const { port } = (await server(name)).address();
    let answered: (text: string) => void;
    const answer = new Promise<string>((resolve) => (answered = resolve));
    const endpoint = { name, address: '127.0.0.1', port, relay };
    const socket = await RelaySocket.open(endpoint, (datagram) => answered(Buffer.from(datagram).toString()));
    opened.push(socket);
    socket.send(Buffer.from('who?'));
    return answer;
  });
  expect(await Promise.all(answers)).toEqual(['one', 'two', 'three']);
});
