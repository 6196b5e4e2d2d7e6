import { fstatSync, mkdtempSync, readdirSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isGzip, isGzipFile, startInside, unpack } from './gzip.js';

let directory: string;
let temporary: string | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gzip-'));
  temporary = process.env.TMPDIR;
  process.env.TMPDIR = join(directory, '');
});
afterEach(() => {
  if (temporary === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = temporary;
  rmSync(directory, { recursive: true });
});

/** Content that hardly compresses, so that the file comes in several pieces. */
let state = 7;
const content = Buffer.from(
  Array.from({ length: 300_000 }, () => (state = (state * 16_807) % 0x7fff_ffff) >>> 16),
);
const packed = gzipSync(content);

async function unpackedBytes(bytes: Buffer, partial = false) {
  const path = join(directory, 'a');
  writeFileSync(path, bytes);
  const { descriptor, cutOff, close } = await unpack(path, partial);
  const inside = Buffer.alloc(fstatSync(descriptor).size);
  readSync(descriptor, inside, 0, inside.length, 0);
  // The temporary file has no name, so nothing can be left behind.
  expect(readdirSync(directory)).toEqual(['a']);
  expect(fstatSync(descriptor).nlink).toBe(0);
  close();
  return { inside, cutOff };
}

describe('a gzip file', () => {
  it('is recognised by its content, and its start shows what is inside', () => {
    const path = join(directory, 'a');
    writeFileSync(path, packed);
    expect(isGzip(packed)).toBe(true);
    expect(isGzipFile(path)).toBe(true);
    expect(isGzip(content)).toBe(false);
    const start = startInside(packed.subarray(0, 4_096));
    expect(start.length).toBeGreaterThan(1_000);
    expect(start).toEqual(content.subarray(0, start.length));
    expect(startInside(packed.subarray(0, 5))).toHaveLength(0);
  });

  it.each<[string, Buffer, Buffer]>([
    ['whole', packed, content],
    ['of several members', Buffer.concat([packed, packed]), Buffer.concat([content, content])],
    ['with something behind it', Buffer.concat([packed, Buffer.alloc(100_000)]), content],
    ['with nothing in it', gzipSync(''), Buffer.alloc(0)],
  ])('is unpacked: %s', async (_, bytes, inside) => {
    const unpacked = await unpackedBytes(bytes);
    expect(unpacked.cutOff).toBeUndefined();
    expect(unpacked.inside.equals(inside)).toBe(true);
  });

  const poked = (at: number) => {
    const copy = Buffer.from(packed);
    copy[at] = (copy[at] ?? 0) ^ 0xff;
    return copy;
  };
  it.each<[string, Buffer, RegExp, number]>([
    [
      'ends too early',
      packed.subarray(0, packed.length - 100),
      /ends inside its gzip data/,
      content.length - 2_000,
    ],
    [
      'ends inside its checksum',
      packed.subarray(0, packed.length - 6),
      /ends inside its gzip data/,
      content.length,
    ],
    ['has a wrong checksum', poked(packed.length - 8), /gzip data is damaged/, content.length],
    ['has a wrong length', poked(packed.length - 2), /gzip data is damaged/, content.length],
    [
      'is damaged in its second member',
      Buffer.concat([packed, packed.subarray(0, 9), Buffer.alloc(9, 255)]),
      /damaged/,
      content.length,
    ],
  ])('that %s is refused, or with `partial` unpacked as far as possible', async (_, bytes, why, least) => {
    await expect(unpackedBytes(bytes)).rejects.toMatchObject({ code: 'SOURCE', exitCode: 64 });
    await expect(unpackedBytes(bytes)).rejects.toThrow(why);
    expect(readdirSync(directory)).toEqual(['a']);
    const { inside, cutOff } = await unpackedBytes(bytes, true);
    expect(cutOff).toMatch(why);
    expect(inside.length).toBeGreaterThanOrEqual(least);
    expect(inside.equals(content.subarray(0, inside.length))).toBe(true);
  });

  it('is refused if there is no room for its content', async () => {
    const path = join(directory, 'a');
    writeFileSync(path, packed);
    process.env.TMPDIR = join(directory, 'nowhere');
    await expect(unpack(path, false)).rejects.toMatchObject({ code: 'STORAGE', exitCode: 69 });
    expect(readFileSync(path)).toEqual(packed);
  });
});
