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

  it('shares no port with a block that is reserved at the same time', async () => {
    const blocks = await Promise.all(Array.from({ length: 8 }, reserve));
    const ports = await Promise.all(
      blocks.map(async (block) => [await block.take(), await block.take(), await block.take()]),
    );
    expect(new Set(ports.flat()).size).toBe(24);
    // Blocks lie 128 ports apart, so two blocks do not share a port that is not given out yet either.
    const bases = ports.map(([first = 0]) => Math.floor((first - 12_000) / 128));
    expect(new Set(bases).size).toBe(8);
  });

  it.each(['tcp', 'udp4', 'udp6'] as const)('passes a port over that is taken on %s', async (kind) => {
    const block = await reserve();
    const first = await block.take();
    await occupy(kind, first + 1);
    expect(await block.take()).toBeGreaterThan(first + 1);
  });

  it('runs out of ports', async () => {
    const block = await reserve();
    const takeAll = async () => {
      for (let taken = 0; taken < 200; taken++) await block.take();
    };
    await expect(takeAll()).rejects.toMatchObject({ code: 'PREREQUISITE' });
  });

  it('is released, and may be released again', async () => {
    const block = await PortBlock.reserve();
    const base = (await block.take()) - 1;
    await block.release();
    await block.release();
    // `base` is the port that held the block, unless a stranger occupied the port after it.
    await occupy('tcp', base);
  });
});
