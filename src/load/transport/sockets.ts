import { createSocket, type Socket } from 'node:dgram';
import type { RelayPlace } from '../../network/places.js';
import type { SocketRequest } from '../../network/sockets-inside.js';
import type { ClientLink } from './client-links.js';
import { cannotBind } from './cannot-bind.js';

/** Where a server takes requests and where it sends its answers. */
export interface ServerEndpoint {
  /** For example `dhcp4 server-1`. */
  name: string;
  address: string;
  port: number;
  relay: RelayAddress;
  /** What faults do to messages on their way; absent where they do nothing. */
  link?: { out: ClientLink; in: ClientLink } | undefined;
}

export type RelayAddress = Pick<RelayPlace, 'address' | 'port' | 'isShared' | 'bind'>;

/** Sees each datagram that a relay socket sends to its server or receives from it; must not throw. */
export type DatagramTap = (
  source: { address: string; port: number },
  destination: { address: string; port: number },
  datagram: Uint8Array,
) => void;

/** The way of the clients' messages to one server, and of its answers. */
export interface ServerSocket {
  /** Sends a datagram, which the caller must not change any more. */
  send: (datagram: Uint8Array) => void;
  readonly sendErrors: SendErrors;
  close: () => Promise<void>;
}

/** Datagrams for one server that the kernel refused to send. */
export interface SendErrors {
  server: string;
  count: number;
}

/** Opens a socket in the network of the harness. Rejects with the error of bind(2). */
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

/** The buffer size that a relay socket asks for. The kernel's limit may be lower. */
const WANTED_BUFFER_BYTES = 4 * 1024 * 1024;

export function enlargeBuffers(socket: Socket): void {
  socket.setRecvBufferSize(WANTED_BUFFER_BYTES);
  socket.setSendBufferSize(WANTED_BUFFER_BYTES);
}

/**
 * The relay's side of one server: a socket that gets only this server's answers, so the socket tells which server a
 * datagram came from. The socket is connected. So the kernel drops datagrams from anyone else, and neither the kernel
 * nor Node looks up the destination of each datagram.
 */
export class RelaySocket implements ServerSocket {
  readonly #socket: Socket;
  readonly #endpoint: ServerEndpoint;
  readonly #tap: DatagramTap | undefined;
  #sendErrors = 0;
  /** The kernel said that nobody listens at the server's port, and no answer has come since. */
  #refused = false;
  #closed = false;

  private constructor(socket: Socket, endpoint: ServerEndpoint, tap: DatagramTap | undefined) {
    this.#socket = socket;
    this.#endpoint = endpoint;
    this.#tap = tap;
  }

  /** Throws a HarnessError PREREQUISITE where the port can't be had. */
  static async open(
    endpoint: ServerEndpoint,
    receive: (datagram: Uint8Array) => void,
    tap?: DatagramTap,
  ): Promise<RelaySocket> {
    const { address, port, isShared = false, bind = bindHere } = endpoint.relay;
    const type = address.includes(':') ? 'udp6' : 'udp4';
    // Of several sockets on one port the kernel gives a datagram to the one that is connected to its sender.
    const socket = await bind({ type, address, port, isShared }).catch((error: unknown) => {
      throw cannotBind(endpoint.relay, error);
    });
    await new Promise<void>((resolve, reject) => {
      // The callback gets an error that its type does not know of.
      socket.connect(endpoint.port, endpoint.address, (error?: NodeJS.ErrnoException) => {
        if (error === undefined) {
          resolve();
          return;
        }
        socket.close();
        reject(cannotBind(endpoint.relay, error));
      });
    });
    enlargeBuffers(socket);
    const relay = new RelaySocket(socket, endpoint, tap);
    socket.removeAllListeners('error');
    socket.on('error', relay.#sent);
    const { link } = endpoint;
    const take = (datagram: Uint8Array): void => {
      tap?.(endpoint, endpoint.relay, datagram);
      receive(datagram);
    };
    socket.on('message', (datagram) => {
      relay.#refused = false;
      if (link === undefined) take(datagram);
      else link.in.pass(() => relay.#unlessClosed(() => take(datagram)));
    });
    return relay;
  }

  /** Sends a datagram, which the caller must not change any more. */
  send(datagram: Uint8Array): void {
    const { link } = this.#endpoint;
    if (link === undefined) this.#sendNow(datagram);
    else link.out.pass(() => this.#unlessClosed(() => this.#sendNow(datagram)));
  }

  #unlessClosed(work: () => void): void {
    if (!this.#closed) work();
  }

  #sendNow(datagram: Uint8Array): void {
    this.#tap?.(this.#endpoint.relay, this.#endpoint, datagram);
    this.#socket.send(
      datagram,
      this.#refused ? (error) => this.#sentAfterRefusal(error, datagram) : this.#sent,
    );
  }

  /**
   * Counts a datagram that the kernel refused to send. ECONNREFUSED is no such refusal: it says that nobody listened
   * where an earlier datagram went (udp(7)), which is the server's doing.
   */
  readonly #sent = (error: NodeJS.ErrnoException | null): void => {
    if (error?.code === 'ECONNREFUSED') this.#refused = true;
    else if (error !== null) this.#sendErrors++;
  };

  /**
   * With ECONNREFUSED, the kernel reported an earlier datagram instead of sending this one. The datagram is sent
   * again, as the server may be up again to take it.
   */
  #sentAfterRefusal(error: NodeJS.ErrnoException | null, datagram: Uint8Array): void {
    if (error?.code === 'ECONNREFUSED') this.#socket.send(datagram, this.#sent);
    else this.#sent(error);
  }

  get sendErrors(): SendErrors {
    return { server: this.#endpoint.name, count: this.#sendErrors };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await new Promise<void>((resolve) => this.#socket.close(resolve));
  }
}
