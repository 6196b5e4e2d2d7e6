import type { Socket } from 'node:dgram';
import { HarnessError } from '../../errors.js';
import { CLIENT_PORTS, familyOf, SERVER_PORTS } from '../../protocol/cases.js';
import type { LoadServer } from '../load-server.js';
import { NO_TICKET } from '../transport/departures.js';
import type { Channel, Sender } from '../transport/transport.js';
import { cannotBind } from './cannot-bind.js';
import { enlargeBuffers, type ServerSocket, type SocketsRequest } from './relay-socket.js';

/** Where clients without a relay send to: RFC 2131 section 4.1, RFC 8415 section 7.1. */
const ALL_SERVERS = { 4: '255.255.255.255', 6: 'ff02::1:2' } as const;
const ANY_ADDRESS = '0.0.0.0';

/** Takes an answer, with the place of its server in the list; see `TakeAnswer`. */
type TakeAnswerOf = (server: number, datagram: Uint8Array, atUs: number) => void;

/**
 * Opens the sockets of clients that are on the same link as their servers. All servers of a link hear each message, so
 * it is sent once for all of them: for the first one. The sender's address tells which server an answer is from.
 *
 * @returns the way to each server, in their order
 */
export async function openLinks(
  servers: readonly LoadServer[],
  receive: TakeAnswerOf,
  request: SocketsRequest,
): Promise<ServerSocket[]> {
  const links = new Map<string, LinkSocket>();
  const ways: ServerSocket[] = [];
  for (const [index, server] of servers.entries()) {
    const segment = server.clients?.segment ?? '';
    const known = links.get(segment);
    const link = known ?? (await LinkSocket.open(server, receive, request));
    link.serves(server.address, index);
    links.set(segment, link);
    ways.push(known === undefined ? link : sentAlready(server.name, link));
  }
  return ways;
}

/** The way to a further server of a link, which hears what is sent to the first one. */
function sentAlready(server: string, link: LinkSocket): ServerSocket {
  return { send: () => link.lastTicket, sendErrors: { server, count: 0 } };
}

class LinkSocket implements ServerSocket {
  readonly #channel: Channel;
  readonly #name: string;
  /** Where the clients are, and where all servers hear them. */
  readonly #at: Sender;
  readonly #servers: Sender;
  readonly #request: SocketsRequest;
  /** Of the message that was sent last. */
  lastTicket = NO_TICKET;
  /** The places of the servers by their addresses. */
  readonly #places = new Map<string, number>();

  private constructor(
    socket: Socket,
    { name, kind }: LoadServer,
    at: Sender,
    receive: TakeAnswerOf,
    request: SocketsRequest,
  ) {
    const family = familyOf(kind);
    this.#at = at;
    this.#name = name;
    this.#servers = { address: ALL_SERVERS[family], port: SERVER_PORTS[family] };
    this.#request = request;
    const { tap } = request;
    this.#channel = request.transport.use(socket, {
      destination: this.#servers,
      receive: (datagram, atUs, sender) => {
        if (sender === undefined) return;
        tap?.(sender, at, datagram, atUs);
        const index = this.#places.get(sender.address);
        if (index !== undefined) receive(index, datagram, atUs);
      },
    });
  }

  /** Throws a HarnessError PREREQUISITE where the port can't be had. */
  static async open(server: LoadServer, receive: TakeAnswerOf, request: SocketsRequest): Promise<LinkSocket> {
    const family = familyOf(server.kind);
    const { clients } = server;
    if (clients === undefined)
      throw new HarnessError('INTERNAL', `${server.name} has no link to its clients`);
    const { inside, clientsLink: toAllOn, clientsAddress } = clients;
    // A socket with an address does not hear broadcasts. Without one, DHCPv6 servers would be told of a link-local
    // address, whose link has another number, or none, where the harness is.
    const at = { address: family === 4 ? ANY_ADDRESS : clientsAddress, port: CLIENT_PORTS[family] };
    const type = family === 4 ? 'udp4' : 'udp6';
    const socket = await request.opening
      .open({ ...at, type, isShared: false, toAllOn }, inside)
      .catch((error: unknown) => {
        throw cannotBind(at, error);
      });
    enlargeBuffers(socket, request.transport);
    return new LinkSocket(socket, server, at, receive, request);
  }

  /** A server of the link has this address, and this place in the list. */
  serves(address: string, index: number): void {
    this.#places.set(address, index);
  }

  send(datagram: Uint8Array): number {
    const { tap, nowUs } = this.#request;
    tap?.(this.#at, this.#servers, datagram, nowUs());
    this.lastTicket = this.#channel.send(datagram);
    return this.lastTicket;
  }

  get sendErrors(): ServerSocket['sendErrors'] {
    return { server: this.#name, count: this.#channel.sendErrors };
  }
}
