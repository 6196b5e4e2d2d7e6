import { createSocket, type Socket } from 'node:dgram';
import { cannotBind } from './cannot-bind.js';

/** Where a server takes requests and where it sends its answers. */
export interface ServerEndpoint {
  /** For example `dhcp4 server-1`. */
  name: string;
  address: string;
  port: number;
  relay: RelayAddress;
}

export interface RelayAddress {
  address: string;
  port: number;
  /**
   * True where other servers answer to the same port, as they do at the well-known ports. The answers of each server
   * still go to its own socket.
   */
  isShared?: boolean;
}

/** Sees each datagram that a relay socket sends to its server or receives from it; must not throw. */
export type DatagramTap = (
  source: { address: string; port: number },
  destination: { address: string; port: number },
  datagram: Uint8Array,
) => void;

/** Datagrams for one server that the kernel refused to send. */
export interface SendErrors {
  server: string;
  count: number;
}

/** The buffer size that a relay socket asks for. The kernel's limit may be lower. */
const WANTED_BUFFER_BYTES = 4 * 1024 * 1024;

/**
 * The relay's side of one server: a socket that gets only this server's answers, so the socket tells which server a
 * datagram came from. The socket is connected. So the kernel drops datagrams from anyone else, and neither the kernel
 * nor Node looks up the destination of each datagram.
 */
export class RelaySocket {
  readonly #socket: Socket;
  readonly #endpoint: ServerEndpoint;
  readonly #tap: DatagramTap | undefined;
  #sendErrors = 0;
  /** The kernel said that nobody listens at the server's port, and no answer has come since. */
  #refused = false;

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
    const { address, port, isShared = false } = endpoint.relay;
    const family = address.includes(':') ? 6 : 4;
    const socket = createSocket({
      type: family === 6 ? 'udp6' : 'udp4',
      // Of several sockets on one port the kernel gives a datagram to the one that is connected to its sender.
      reuseAddr: isShared,
      recvBufferSize: WANTED_BUFFER_BYTES,
      sendBufferSize: WANTED_BUFFER_BYTES,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', (error) => {
        socket.close();
        reject(cannotBind(endpoint.relay, error));
      });
      socket.once('connect', resolve);
      socket.bind(port, address, () => socket.connect(endpoint.port, endpoint.address));
    });
    const relay = new RelaySocket(socket, endpoint, tap);
    socket.removeAllListeners('error');
    socket.on('error', relay.#sent);
    socket.on('message', (datagram) => {
      relay.#refused = false;
      tap?.(endpoint, endpoint.relay, datagram);
      receive(datagram);
    });
    return relay;
  }

  /** Sends a datagram, which the caller must not change any more. */
  send(datagram: Uint8Array): void {
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
    await new Promise<void>((resolve) => this.#socket.close(resolve));
  }
}
