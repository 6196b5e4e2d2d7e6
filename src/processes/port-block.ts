import { createSocket } from 'node:dgram';
import { createServer, Server } from 'node:net';
import { randomInt } from 'node:crypto';
import { HarnessError } from '../errors.js';

const BLOCK = 128;
/**
 * Blocks lie below Linux's range for outgoing connections (32768 and up), so that no such connection takes a port
 * meanwhile.
 */
const FIRST = 12_000;
const LAST = 32_000;
const TRIES = 50;

/**
 * The ports of one run. The first port of a block is held open as long as the run lasts. So two runs at the same time
 * can't have the same block, and the kernel gives the block back however a run ends.
 */
export class PortBlock {
  readonly #base: number;
  readonly #holder: Server;
  #next = 1;

  private constructor(base: number, holder: Server) {
    this.#base = base;
    this.#holder = holder;
  }

  /** Reserves a block. Errors: PREREQUISITE where no free block is found. */
  static async reserve(): Promise<PortBlock> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const base = FIRST + BLOCK * randomInt(Math.floor((LAST - FIRST) / BLOCK));
      const holder = await listen(base, '127.0.0.1');
      if (holder instanceof Server) return new PortBlock(base, holder);
    }
    throw new HarnessError(
      'PREREQUISITE',
      `no free block of ports between ${FIRST} and ${LAST} on 127.0.0.1`,
      {
        hint: 'end other runs, or the programs that listen on so many ports there',
      },
    );
  }

  /** The next port of the block that is free now, on TCP and UDP of both loopback addresses. */
  async take(): Promise<number> {
    while (this.#next < BLOCK) {
      const port = this.#base + this.#next++;
      if (await isFree(port)) return port;
    }
    throw new HarnessError('PREREQUISITE', `the ports ${this.#base} to ${this.#base + BLOCK} are used up`, {
      hint: 'use fewer nodes, servers or cases, or end the programs that listen there',
    });
  }

  async release(): Promise<void> {
    await new Promise((resolve) => this.#holder.close(resolve));
  }
}

async function isFree(port: number): Promise<boolean> {
  return (
    (await canListen(port, '127.0.0.1')) &&
    (await canListen(port, '::1')) &&
    (await canBind('udp4', port, '127.0.0.1')) &&
    (await canBind('udp6', port, '::1'))
  );
}

function listen(port: number, host: string): Promise<Server | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ port, host }, () => resolve(server));
  });
}

/** Whether nobody listens on the port. A missing address family is no reason to call a port taken. */
async function canListen(port: number, host: string): Promise<boolean> {
  const server = await listen(port, host);
  if (!(server instanceof Server)) return server.code !== 'EADDRINUSE';
  await new Promise((resolve) => server.close(resolve));
  return true;
}

function canBind(type: 'udp4' | 'udp6', port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(type);
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close();
      resolve(error.code !== 'EADDRINUSE');
    });
    socket.bind(port, address, () => socket.close(() => resolve(true)));
  });
}
