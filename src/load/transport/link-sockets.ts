import type { Socket } from 'node:dgram';
import type { StartedServer } from '../../kea/started-server.js';
import { CLIENT_PORTS, familyOf, SERVER_PORTS } from '../../protocol/cases.js';
import { HarnessError } from '../../errors.js';
import { cannotBind } from './cannot-bind.js';
import { enlargeBuffers, type DatagramTap, type ServerSocket } from './sockets.js';

/** Where clients without a relay send to: RFC 2131 section 4.1, RFC 8415 section 7.1. */
const ALL_SERVERS = { 4: '255.255.255.255', 6: 'ff02::1:2' } as const;
const ANY_ADDRESS = '0.0.0.0';

/**
 * Opens the sockets of clients that are on the same link as their servers. All servers of a link hear each message, so
 * it is sent once for all of them: for the first one. The sender's address tells which server an answer is from.
 *
 * @param receive gets each answer, with the place of its server in the list
 * @param opened gets each socket as soon as it is open, so that the caller can close it after a failure
 * @returns the way to each server, in their order
 */
export async function openLinks(
  servers: readonly StartedServer[],
  receive: (server: number, datagram: Uint8Array) => void,
  opened: ServerSocket[],
  tap?: DatagramTap,
): Promise<ServerSocket[]> {
  const links = new Map<string, LinkSocket>();
  const ways: ServerSocket[] = [];
  for (const [index, server] of servers.entries()) {
    const segment = server.clients?.segment ?? '';
    const known = links.get(segment);
    const link = known ?? (await LinkSocket.open(server, receive, tap));
    link.serves(server.address, index);
    if (known === undefined) {
      links.set(segment, link);
      opened.push(link);
    }
    ways.push(known === undefined ? link : sentAlready(server.name));
  }
  return ways;
}

/** The way to a further server of a link, which hears what is sent to the first one. */
function sentAlready(server: string): ServerSocket {
  return { send: () => undefined, sendErrors: { server, count: 0 }, close: () => Promise.resolve() };
}

class LinkSocket implements ServerSocket {
  readonly #socket: Socket;
  readonly #name: string;
  readonly #family: 4 | 6;
  /** Where the clients are. */
  readonly #at: { address: string; port: number };
  readonly #tap: DatagramTap | undefined;
  /** The places of the servers by their addresses. */
  readonly #servers = new Map<string, number>();
  #sendErrors = 0;

  private constructor(
    socket: Socket,
    { name, kind }: StartedServer,
    at: { address: string; port: number },
    tap: DatagramTap | undefined,
  ) {
    this.#socket = socket;
    this.#at = at;
    this.#name = name;
    this.#family = familyOf(kind);
    this.#tap = tap;
  }

  /** Throws a HarnessError PREREQUISITE where the port can't be had. */
  static async open(
    server: StartedServer,
    receive: (server: number, datagram: Uint8Array) => void,
    tap: DatagramTap | undefined,
  ): Promise<LinkSocket> {
    const family = familyOf(server.kind);
    const { clients } = server;
    if (clients === undefined)
      throw new HarnessError('INTERNAL', `${server.name} has no link to its clients`);
    const { bind, clientsLink: toAllOn, clientsAddress } = clients;
    // A socket with an address does not hear broadcasts. Without one, DHCPv6 servers would be told of a link-local
    // address, whose link has another number, or none, where the harness is.
    const at = { address: family === 4 ? ANY_ADDRESS : clientsAddress, port: CLIENT_PORTS[family] };
    const type = family === 4 ? 'udp4' : 'udp6';
    const socket = await bind({ ...at, type, isShared: false, toAllOn }).catch((error: unknown) => {
      throw cannotBind(at, error);
    });
    enlargeBuffers(socket);
    const link = new LinkSocket(socket, server, at, tap);
    socket.on('error', () => link.#sendErrors++);
    socket.on('message', (datagram, sender) => {
      tap?.(sender, at, datagram);
      const index = link.#servers.get(sender.address);
      if (index !== undefined) receive(index, datagram);
    });
    return link;
  }

  /** A server of the link has this address, and this place in the list. */
  serves(address: string, index: number): void {
    this.#servers.set(address, index);
  }

  send(datagram: Uint8Array): void {
    const [port, address] = [SERVER_PORTS[this.#family], ALL_SERVERS[this.#family]];
    this.#tap?.(this.#at, { address, port }, datagram);
    this.#socket.send(datagram, port, address, (error) => {
      if (error !== null) this.#sendErrors++;
    });
  }

  get sendErrors(): ServerSocket['sendErrors'] {
    return { server: this.#name, count: this.#sendErrors };
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(resolve));
  }
}
