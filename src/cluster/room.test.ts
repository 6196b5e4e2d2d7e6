import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { roomNeededMb, withRoomFor } from './room.js';

/** More nodes than any disk has room for. */
const MANY = 1e9;
const SMALLER = { innodb_log_file_size: '8M' };

let base: string;
let directory: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'room-'));
  directory = join(base, 'klc-1');
  mkdirSync(directory);
});
afterEach(() => rmSync(base, { recursive: true }));

it('the needed room grows with the number of nodes', () => {
  const needed = [1, 2, 3, 9].map(roomNeededMb);
  expect(needed).toEqual([...needed].sort((one, other) => one - other));
  expect(needed[2]).toBeLessThan(3 * (needed[0] ?? 0));
});

it('too little room is refused before the start, naming the directory and its room', async () => {
  let started = false;
  const start = () => Promise.resolve((started = true));
  await expect(withRoomFor({ directory, nodes: MANY, settings: {} }, start)).rejects.toMatchObject({
    code: 'STORAGE',
    message: expect.stringContaining(`${base} has room for `) as string,
    hint: expect.stringContaining('TMPDIR') as string,
  });
  expect(started).toBe(false);
});

it('room that may suffice is tried, and a cluster that then does not start is put down to the room', async () => {
  const request = { directory, nodes: MANY, settings: SMALLER };
  expect(await withRoomFor(request, () => Promise.resolve(7))).toBe(7);
  const failure = (code: 'CLUSTER' | 'PREREQUISITE') => () =>
    Promise.reject(new HarnessError(code, 'no node'));
  await expect(withRoomFor(request, failure('CLUSTER'))).rejects.toMatchObject({
    code: 'STORAGE',
    message: expect.stringContaining('no node') as string,
  });
  await expect(withRoomFor(request, failure('PREREQUISITE'))).rejects.toMatchObject({ code: 'PREREQUISITE' });
});

it('enough room changes nothing about the error of a failed start', async () => {
  const failure = () => Promise.reject(new HarnessError('CLUSTER', 'no node'));
  await expect(withRoomFor({ directory, nodes: 0, settings: {} }, failure)).rejects.toMatchObject({
    code: 'CLUSTER',
  });
});
