/**
 * A program that the harness starts inside a private network. It opens the UDP sockets that it is asked for, and hands
 * each out over the channel between both (child_process, "Sending handles"). A socket stays in the network in which it
 * was opened, whoever uses it.
 */
import { createSocket } from 'node:dgram';
import type { SocketAnswer, SocketOrder } from './sockets-inside.js';

const send = (answer: SocketAnswer): void => void process.send?.(answer);

process.on('message', ({ id, type, address, port, isShared, toAllOn }: SocketOrder) => {
  const socket = createSocket({ type, reuseAddr: isShared });
  socket.once('error', (error: NodeJS.ErrnoException) => {
    socket.close();
    send({ id, failed: { message: error.message, code: error.code ?? '' } });
  });
  socket.bind(port, address, () => {
    if (toAllOn !== undefined) {
      if (type === 'udp4') socket.setBroadcast(true);
      else socket.setMulticastInterface(`::%${toAllOn}`);
    }
    // With a copy still open here, datagrams would be taken away from the harness.
    process.send?.({ id } satisfies SocketAnswer, socket, {}, () => socket.close());
  });
});
process.on('disconnect', () => process.exit());
send({ id: 0 });
