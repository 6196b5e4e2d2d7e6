import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isThere, kindAt, namesIn } from './entries.js';
import { openRegularFile, readBytesOf, readJsonOf, readTextOf } from './regular-file.js';
import { asOrdinaryUser, spoil, SPOILED_NAMES, type Spoiled } from './spoiled.test-support.js';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'files-'));
  chmodSync(directory, 0o755);
  path = join(directory, 'file');
});
afterEach(() => rmSync(directory, { recursive: true }));

const WHY: Record<Spoiled, string> = {
  'a directory': 'it is a directory',
  'a pipe without a writer': 'it is not a regular file',
  'a link to itself': 'its symbolic links lead in a circle',
  'a link to nothing': 'it does not exist',
  'a device without an end': 'it is not a regular file',
  'a file that may not be read': 'permission denied',
};

describe('a file', () => {
  it('is read as it is', () => {
    const text = 'ä'.repeat(100_000);
    writeFileSync(path, text);
    expect(readTextOf(path)).toBe(text);
    writeFileSync(path, '{"a": 1}');
    expect(readJsonOf(path)).toEqual({ a: 1 });
  });

  it.each(SPOILED_NAMES)('that is %s is refused at once, with the reason', (how) => {
    spoil(path, how);
    for (const read of [openRegularFile, readBytesOf, readTextOf, readJsonOf]) {
      expect(() => asOrdinaryUser(() => read(path))).toThrow(new Error(WHY[how]));
    }
    expect(isThere(path)).toBe(true);
  });

  it('that is a socket is refused', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(path, listening));
    expect(() => readTextOf(path)).toThrow('it is not a regular file');
    await new Promise((closed) => server.close(closed));
  });

  it.each([
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['{', 'it is not JSON'],
  ])('%j is no JSON', (text, why) => {
    writeFileSync(path, text);
    expect(() => readJsonOf(path)).toThrow(why);
  });

  it('is read up to the limit, whatever size the file system states', () => {
    writeFileSync(path, Buffer.alloc(100_000));
    expect(readBytesOf(path, 100_000)).toHaveLength(100_000);
    expect(() => readBytesOf(path, 99_999)).toThrow('it is larger than');
    expect(() => readBytesOf('/proc/self/status', 512)).toThrow('it is larger than 0.5 KiB');
    expect(readTextOf('/proc/self/status')).toContain('VmHWM');
  });
});

describe('a directory', () => {
  it('gives its names, and none where it is not there', () => {
    for (const name of ['b', 'a']) writeFileSync(join(directory, name), '');
    expect(namesIn(directory)).toEqual(['a', 'b']);
    expect(namesIn(path)).toEqual([]);
    expect([directory, join(directory, 'a'), path, '/dev/null'].map(kindAt)).toEqual([
      ...['directory', 'file', undefined, 'other'],
    ]);
    expect(isThere(path)).toBe(false);
  });

  it.each<[Spoiled, string]>([
    ['a link to itself', 'its symbolic links lead in a circle'],
    ['a pipe without a writer', 'it is not a directory'],
    ['a file that may not be read', 'it is not a directory'],
  ])('that is %s can not be read', (how, why) => {
    spoil(path, how);
    expect(() => namesIn(path)).toThrow(new Error(why));
  });

  it('that may not be entered can not be read', () => {
    chmodSync(directory, 0o700);
    const isRoot = process.geteuid?.() === 0;
    if (!isRoot) chmodSync(directory, 0);
    expect(() => asOrdinaryUser(() => namesIn(directory))).toThrow('permission denied');
    expect(() => asOrdinaryUser(() => kindAt(path))).toThrow('permission denied');
    chmodSync(directory, 0o700);
  });
});
