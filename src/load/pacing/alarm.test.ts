import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Alarm } from './alarm.js';

const NEVER = new AbortController().signal;

describe('an alarm', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const start = (signal = NEVER) => {
    const alarm = new Alarm(() => performance.now() * 1_000, signal);
    const beganMs = performance.now();
    let wokeMs: number | undefined;
    const sleep = (ms: number) =>
      void alarm.sleepUntil((beganMs + ms) * 1_000).then(() => (wokeMs = performance.now() - beganMs));
    return {
      alarm,
      sleep,
      due: (ms: number) => alarm.isDue((beganMs + ms) * 1_000),
      woke: () => wokeMs,
    };
  };

  it('sleeps until something is due', async () => {
    const { sleep, woke } = start();
    sleep(100);
    await vi.advanceTimersByTimeAsync(99);
    expect(woke()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(woke()).toBe(100);
  });

  it('wakes earlier when something earlier turns out to be due', async () => {
    const { sleep, due, woke } = start();
    sleep(100);
    await vi.advanceTimersByTimeAsync(3);
    due(13);
    due(40);
    await vi.advanceTimersByTimeAsync(200);
    expect(woke()).toBe(13);
  });

  it('sleeps a millisecond even if something is overdue, so that datagrams are read', async () => {
    const { sleep, woke } = start();
    sleep(-5);
    await vi.advanceTimersByTimeAsync(1);
    expect(woke()).toBe(1);
  });

  it('wakes when the load is aborted', async () => {
    const ended = new AbortController();
    const { sleep, woke } = start(ended.signal);
    sleep(100);
    ended.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(woke()).toBe(0);
  });
});
