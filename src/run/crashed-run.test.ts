import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { crashOf, unlessStuckAfterCrash } from './crashed-run.js';
import { Interrupted } from './interruption.js';

const stuck = new Promise<never>(() => undefined);
let run: AbortController;
beforeEach(() => {
  run = new AbortController();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('work that a crash has left stuck is waited for a while, and not for ever', async () => {
  let end: unknown;
  void unlessStuckAfterCrash(stuck, run.signal).catch((error: unknown) => (end = error));
  const crash = new RangeError();
  run.abort(crash);
  expect(crashOf(run.signal)).toBe(crash);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(end).toBeUndefined();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(end).toBe(crash);
});

it('work that ends by itself after a crash gives the result', async () => {
  const work = new Promise((resolve) => setTimeout(() => resolve(7), 1_000));
  const waiting = unlessStuckAfterCrash(work, run.signal);
  run.abort(new RangeError());
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await waiting).toBe(7);
});

it('an interruption is no crash: its work ends by itself', async () => {
  let end: unknown;
  const work = new Promise((resolve) => setTimeout(() => resolve(7), 3_600_000));
  void unlessStuckAfterCrash(work, run.signal).then((seven) => (end = seven));
  run.abort(new Interrupted('SIGINT'));
  expect(crashOf(run.signal)).toBeUndefined();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(end).toBe(7);
});
