import { createSocket, type Socket } from 'node:dgram';
import { HarnessError, messageOf } from '../errors.js';

/** Where a server takes requests and where it sends its answers. */
export interface ServerEndpoint {
  address: string;
  port: number;
  replyPort: number;
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
  #sendErrors = 0;

  private constructor(socket: Socket, endpoint: ServerEndpoint) {
    this.#socket = socket;
    this.#endpoint = endpoint;
  }

  /** Errors: PREREQUISITE where the port can't be had. */
  static async open(endpoint: ServerEndpoint, receive: (datagram: Uint8Array) => void): Promise<RelaySocket> {
    const family = endpoint.address.includes(':') ? 6 : 4;
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
        reject(
          new HarnessError(
            'PREREQUISITE',
            `no relay socket on ${endpoint.address} port ${endpoint.replyPort}`,
            {
              hint: `${messageOf(error)}; \`doctor\` tells whether the loopback addresses can be used`,
              cause: error,
            },
          ),
        );
      });
      socket.bind(endpoint.replyPort, endpoint.address, resolve);
    });
    const relay = new RelaySocket(socket, endpoint);
    socket.removeAllListeners('error');
    socket.on('error', () => relay.#sendErrors++);
    socket.on('message', (datagram, sender) => {
      if (sender.port === endpoint.port) receive(datagram);
    });
    return relay;
  }

  send(datagram: Uint8Array): void {
    this.#socket.send(datagram, this.#endpoint.port, this.#endpoint.address, (error) => {
      if (error !== null) this.#sendErrors++;
    });
  }

  /** Datagrams that the kernel refused to send. */
  get sendErrors(): number {
    return this.#sendErrors;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(resolve));
  }
}
