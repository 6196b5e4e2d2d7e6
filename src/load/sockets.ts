import { createSocket, type Socket } from 'node:dgram';
import { cannotBind } from './cannot-bind.js';

/** Where a server takes requests and where it sends its answers. */
export interface ServerEndpoint {
  /** `dhcp4 server-1` */
  name: string;
  address: string;
  port: number;
  relay: { address: string; port: number };
}

/** Sees each datagram that a relay socket sends or receives, from whomever; must not throw. */
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

/** What one relay socket has; the kernel's limit may be below what was asked for. */
const WANTED_BUFFER_BYTES = 4 * 1024 * 1024;

/**
 * The relay's side of one server: a socket on the port that this server alone answers to, so that each datagram's server
 * is known by where it arrives.
 */
export class RelaySocket {
  readonly #socket: Socket;
  readonly #endpoint: ServerEndpoint;
  readonly #tap: DatagramTap | undefined;
  #sendErrors = 0;

  private constructor(socket: Socket, endpoint: ServerEndpoint, tap: DatagramTap | undefined) {
    this.#socket = socket;
    this.#endpoint = endpoint;
    this.#tap = tap;
  }

  /** Errors: PREREQUISITE where the port can't be had. */
  static async open(
    endpoint: ServerEndpoint,
    receive: (datagram: Uint8Array) => void,
    tap?: DatagramTap,
  ): Promise<RelaySocket> {
    const { address, port } = endpoint.relay;
    const family = address.includes(':') ? 6 : 4;
    const socket = createSocket({
      type: family === 6 ? 'udp6' : 'udp4',
      recvBufferSize: WANTED_BUFFER_BYTES,
      sendBufferSize: WANTED_BUFFER_BYTES,
      // Addresses need no look-up, and one for each datagram would cost as much as the datagram.
      lookup: (hostname, _options, callback) => callback(null, hostname, family),
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('error', (error) => {
        socket.close();
        reject(cannotBind(endpoint.relay, error));
      });
      socket.bind(port, address, resolve);
    });
    const relay = new RelaySocket(socket, endpoint, tap);
    socket.removeAllListeners('error');
    socket.on('error', () => relay.#sendErrors++);
    socket.on('message', (datagram, sender) => {
      tap?.(sender, relay.#here, datagram);
      if (sender.port === endpoint.port) receive(datagram);
    });
    return relay;
  }

  send(datagram: Uint8Array): void {
    this.#tap?.(this.#here, this.#endpoint, datagram);
    this.#socket.send(datagram, this.#endpoint.port, this.#endpoint.address, (error) => {
      if (error !== null) this.#sendErrors++;
    });
  }

  get #here(): { address: string; port: number } {
    return this.#endpoint.relay;
  }

  get sendErrors(): SendErrors {
    return { server: this.#endpoint.name, count: this.#sendErrors };
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(resolve));
  }
}
