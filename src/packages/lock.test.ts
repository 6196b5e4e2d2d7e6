import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { withLock } from './lock.js';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'klc-test-'));
  file = join(directory, 'lock');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

/** Another process that has the lock until it is killed. */
async function holder() {
  const script = 'echo locked; exec sleep 60';
  const child = spawn('flock', ['--no-fork', file, 'sh', '-c', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

test('returns what the body returns, and can be taken again', async () => {
  expect(await withLock(file, {}, () => Promise.resolve(1))).toBe(1);
  await expect(withLock(file, {}, () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  expect(await withLock(file, {}, () => Promise.resolve(2))).toBe(2);
});

test('says once that it waits for another process, and goes on when that is killed', async () => {
  const child = await holder();
  let waits = 0;
  let ended = false;
  const onWait = () => {
    waits += 1;
    setTimeout(() => {
      ended = true;
      child.kill('SIGKILL');
    }, 200);
  };
  const endedBefore = await withLock(file, { onWait }, () => Promise.resolve(ended));
  expect({ waits, endedBefore }).toEqual({ waits: 1, endedBefore: true });
});

test('two callers in one process go one after the other', async () => {
  const order: string[] = [];
  let onWait = (): void => undefined;
  const otherWaits = new Promise<void>((resolve) => (onWait = resolve));
  const goes = (name: string) =>
    withLock(file, { onWait }, async () => {
      order.push(`${name} in`);
      await otherWaits;
      order.push(`${name} out`);
    });
  await Promise.all([goes('a'), goes('b')]);
  expect(order.map((entry) => entry.slice(2))).toEqual(['in', 'out', 'in', 'out']);
});

test('waiting can be aborted', async () => {
  const child = await holder();
  const abortion = new AbortController();
  const waiting = withLock(
    file,
    { signal: abortion.signal, onWait: () => abortion.abort(new Error('enough')) },
    () => Promise.resolve(),
  );
  await expect(waiting).rejects.toThrow('enough');
  child.kill('SIGKILL');
});

test('a directory that can’t be written is an error with a code', async () => {
  const nowhere = withLock(join(directory, 'missing', 'lock'), {}, () => Promise.resolve());
  await expect(nowhere).rejects.toMatchObject({ code: 'STORAGE' });
});
