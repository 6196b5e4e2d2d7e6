import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PortBlock } from './port-block.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(closers.splice(0).map((close) => close())));

async function reserve(): Promise<PortBlock> {
  const block = await PortBlock.reserve();
  closers.push(() => block.release());
  return block;
}

async function occupy(kind: 'tcp' | 'udp4' | 'udp6', port: number): Promise<void> {
  if (kind === 'tcp') {
    const server = createServer().listen({ port, host: '127.0.0.1' });
    await once(server, 'listening');
    closers.push(async () => once(server.close(), 'close'));
    return;
  }
  const socket = createSocket(kind);
  socket.bind(port, kind === 'udp4' ? '127.0.0.1' : '::1');
  await once(socket, 'listening');
  closers.push(async () => once(socket.close(), 'close'));
}

describe('a block of ports', () => {
  it('gives each port once, below those of outgoing connections', async () => {
    const block = await reserve();
    const ports = [await block.take(), await block.take(), await block.take()];
    expect(new Set(ports).size).toBe(3);
    for (const port of ports) expect(port > 12_000 && port < 32_768).toBe(true);
  });

  it('shares none with another that is reserved at the same time', async () => {
    const blocks = await Promise.all(Array.from({ length: 8 }, reserve));
    const ports = await Promise.all(
      blocks.map(async (block) => [await block.take(), await block.take(), await block.take()]),
    );
    expect(new Set(ports.flat()).size).toBe(24);
    // Not even one that either has not given out yet: blocks lie 128 apart.
    const bases = ports.map(([first = 0]) => Math.floor((first - 12_000) / 128));
    expect(new Set(bases).size).toBe(8);
  });

  it.each(['tcp', 'udp4', 'udp6'] as const)('passes a port over that is taken on %s', async (kind) => {
    const block = await reserve();
    const first = await block.take();
    await occupy(kind, first + 1);
    expect(await block.take()).toBeGreaterThan(first + 1);
  });

  it('ends', async () => {
    const block = await reserve();
    const takeAll = async () => {
      for (let taken = 0; taken < 200; taken++) await block.take();
    };
    await expect(takeAll()).rejects.toMatchObject({ code: 'PREREQUISITE' });
  });

  it('is given back, and again is nothing', async () => {
    const block = await PortBlock.reserve();
    const base = (await block.take()) - 1;
    await block.release();
    await block.release();
    // Held by its first port, unless the first to be taken was occupied by a stranger.
    await occupy('tcp', base);
  });
});
