import type { Socket } from 'node:dgram';
import type { OpenSockets } from '../../network/open-sockets.js';
import type { RelayPlace } from '../../network/places.js';
import { messageOf } from '../../errors.js';
import { NO_TICKET } from '../transport/departures.js';
import type { Channel, Transport } from '../transport/transport.js';
import { cannotBind } from './cannot-bind.js';
import type { ClientLink } from './client-links.js';

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

export type RelayAddress = Pick<RelayPlace, 'address' | 'port' | 'isShared' | 'inside'>;

/** Sees each datagram that a socket of the clients sends to a server or receives from it; must not throw. */
export type DatagramTap = (
  source: { address: string; port: number },
  destination: { address: string; port: number },
  datagram: Uint8Array,
  atUs: number,
) => void;

/** Takes an answer of a server, which is valid until the call returns, and when it arrived by the load's clock. */
export type TakeAnswer = (datagram: Uint8Array, atUs: number) => void;

/** The way of the clients' messages to one server, and of its answers. */
export interface ServerSocket {
  /** Sends a copy of the datagram, and returns its ticket; see `Departures`. */
  send: (datagram: Uint8Array) => number;
  readonly sendErrors: SendErrors;
}

/** Datagrams for one server that the kernel refused to send. */
export interface SendErrors {
  server: string;
  count: number;
}

/** What the sockets of a load share. */
export interface SocketsRequest {
  transport: Transport;
  opening: OpenSockets;
  /** The load's clock, microseconds. */
  nowUs: () => number;
  tap?: DatagramTap | undefined;
}

/** The buffer size that a socket asks for. The kernel's limit may be lower. */
const WANTED_BUFFER_BYTES = 4 * 1024 * 1024;

/** Asks for larger buffers. A socket whose kernel refuses works all the same; what it drops is counted. */
export function enlargeBuffers(
  socket: Pick<Socket, 'setRecvBufferSize' | 'setSendBufferSize'>,
  transport: Pick<Transport, 'lacks'>,
): void {
  for (const [which, ask] of [
    ['receive', () => socket.setRecvBufferSize(WANTED_BUFFER_BYTES)],
    ['send', () => socket.setSendBufferSize(WANTED_BUFFER_BYTES)],
  ] as const) {
    try {
      ask();
    } catch (error) {
      transport.lacks(`the kernel gives no larger ${which} buffers (${messageOf(error)})`);
    }
  }
}

/**
 * The relay's side of one server: a socket that gets only this server's answers, so the socket tells which server a
 * datagram came from. The socket is connected. So the kernel drops datagrams from anyone else, and does not look up
 * the destination of each datagram.
 */
export class RelaySocket implements ServerSocket {
  readonly #channel: Channel;
  readonly #endpoint: ServerEndpoint;
  readonly #request: SocketsRequest;

  private constructor(
    socket: Socket,
    endpoint: ServerEndpoint,
    receive: TakeAnswer,
    request: SocketsRequest,
  ) {
    this.#endpoint = endpoint;
    this.#request = request;
    const { link } = endpoint;
    const { tap, nowUs, transport } = request;
    const take: TakeAnswer = (datagram, atUs) => {
      tap?.(endpoint, endpoint.relay, datagram, atUs);
      receive(datagram, atUs);
    };
    this.#channel = transport.use(socket, {
      receive: (datagram, atUs) => {
        if (link?.in.isAffected !== true) {
          take(datagram, atUs);
          return;
        }
        const copy = Uint8Array.from(datagram);
        link.in.pass(() => take(copy, nowUs()));
      },
    });
  }

  /** Throws a HarnessError PREREQUISITE where the port can't be had. */
  static async open(
    endpoint: ServerEndpoint,
    receive: TakeAnswer,
    request: SocketsRequest,
  ): Promise<RelaySocket> {
    const { address, port, isShared = false, inside } = endpoint.relay;
    const type = address.includes(':') ? 'udp6' : 'udp4';
    // Of several sockets on one port the kernel gives a datagram to the one that is connected to its sender.
    const socket = await request.opening
      .open({ type, address, port, isShared }, inside)
      .catch((error: unknown) => {
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
    enlargeBuffers(socket, request.transport);
    socket.removeAllListeners('error');
    return new RelaySocket(socket, endpoint, receive, request);
  }

  send(datagram: Uint8Array): number {
    const { link } = this.#endpoint;
    if (link?.out.isAffected !== true) return this.#sendNow(datagram);
    const copy = Uint8Array.from(datagram);
    link.out.pass(() => this.#sendNow(copy));
    return NO_TICKET;
  }

  #sendNow(datagram: Uint8Array): number {
    const { tap, nowUs } = this.#request;
    tap?.(this.#endpoint.relay, this.#endpoint, datagram, nowUs());
    return this.#channel.send(datagram);
  }

  get sendErrors(): SendErrors {
    return { server: this.#endpoint.name, count: this.#channel.sendErrors };
  }
}
