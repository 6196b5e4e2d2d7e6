import { createSocket, type Socket } from 'node:dgram';
import { SocketsInside, type SocketRequest, type SocketsInsideRequest } from './sockets-inside.js';

/** Opens the sockets of the clients, in the network of the harness or inside a private one. */
export class OpenSockets {
  /** The programs that open sockets inside, by the words that start them. */
  readonly #inside = new Map<string, Promise<SocketsInside>>();

  /**
   * Opens a socket and binds it. Rejects with the error of bind(2). Errors: PREREQUISITE.
   *
   * @param inside where to open it; absent for the network of the harness
   */
  async open(request: SocketRequest, inside: SocketsInsideRequest | undefined): Promise<Socket> {
    return inside === undefined ? bindHere(request) : (await this.#at(inside)).open(request);
  }

  /** Ends the programs inside. The sockets stay open. */
  async close(): Promise<void> {
    const started = await Promise.allSettled([...this.#inside.values()]);
    await Promise.all(started.flatMap((one) => (one.status === 'fulfilled' ? [one.value.close()] : [])));
  }

  #at(inside: SocketsInsideRequest): Promise<SocketsInside> {
    const key = inside.enter.join('\n');
    const started = this.#inside.get(key) ?? SocketsInside.start(inside);
    this.#inside.set(key, started);
    return started;
  }
}

function bindHere({ type, address, port, isShared }: SocketRequest): Promise<Socket> {
  const socket = createSocket({ type, reuseAddr: isShared });
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind(port, address, () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}
