import { createSocket, type Socket } from 'node:dgram';
import type { StartedServer } from '../../src/kea/started-server.js';
import type { Cleanup } from '../../src/processes/cleanup.js';
import type { StartedSystem } from '../../src/providers/provider.js';

/** Returns the datagrams that arrive instead of a datagram, in order; none to drop it. */
export type Meddler = (
  datagram: Uint8Array,
  server: StartedServer,
) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>;

export interface Meddling {
  /** Meddles with a datagram from a client to its server. */
  request?: Meddler;
  /** Meddles with a datagram from a server to its client. */
  reply?: Meddler;
  /** Called once the proxy is up. `inject` sends a datagram to a server's clients as if the server had sent it. */
  ready?: (inject: (server: StartedServer, datagram: Uint8Array) => void) => void;
  /** Called with an error of a meddler; the datagram is then lost. */
  failed: (error: unknown) => void;
}

/**
 * Puts a proxy between the harness and every Kea server. To the clients the proxy is the server. To the server it is
 * the relay, at the port that the server answers to.
 */
export async function interposeProxy(
  system: StartedSystem,
  cleanup: Cleanup,
  meddling: Meddling,
): Promise<StartedSystem> {
  const fronts = new Map<string, { front: Socket; client: StartedServer }>();
  const servers = await Promise.all(
    system.servers.map(async (server) => {
      const type = server.kind === 'dhcp4' ? 'udp4' : 'udp6';
      const front = await open(type, 0, server.address);
      const back = await open(type, server.relay.port, server.address);
      const spare = await open(type, 0, server.address);
      const replyPort = spare.address().port;
      await close(spare);
      cleanup.push(`proxy of ${server.name}`, () =>
        Promise.all([close(front), close(back)]).then(() => undefined),
      );
      const relay = { address: server.relay.address, port: replyPort };
      const seen: StartedServer = { ...server, port: front.address().port, relay };
      fronts.set(server.name, { front, client: seen });
      front.on('message', (datagram) => {
        void pass(meddling, 'request', datagram, server, (one) =>
          back.send(one, server.port, server.address),
        );
      });
      back.on('message', (datagram) => {
        void pass(meddling, 'reply', datagram, server, (one) => front.send(one, relay.port, relay.address));
      });
      return seen;
    }),
  );
  meddling.ready?.((server, datagram) => {
    const to = fronts.get(server.name);
    to?.front.send(datagram, to.client.relay.port, to.client.relay.address);
  });
  return { ...system, servers };
}

async function pass(
  meddling: Meddling,
  way: 'request' | 'reply',
  datagram: Uint8Array,
  server: StartedServer,
  send: (datagram: Uint8Array) => void,
): Promise<void> {
  try {
    for (const one of (await meddling[way]?.(datagram, server)) ?? [datagram]) send(one);
  } catch (error) {
    meddling.failed(error);
  }
}

function open(type: 'udp4' | 'udp6', port: number, address: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(type);
    socket.once('error', reject);
    socket.bind(port, address, () => resolve(socket));
  });
}

function close(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}
