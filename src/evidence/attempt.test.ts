import { describe, expect, it } from 'vitest';
import { attempt } from './attempt.js';

const running = new AbortController().signal;

describe('an attempt to read evidence', () => {
  it('has what was seen', async () => {
    expect(await attempt(() => Promise.resolve(7), { timeoutMs: 1_000, signal: running })).toEqual({
      seen: 7,
    });
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('refused'))],
    [
      'throws at once',
      () => {
        throw new Error('refused');
      },
    ],
  ])('says why not where it %s', async (_how, ask) => {
    expect(await attempt(ask, { timeoutMs: 1_000, signal: running })).toEqual({ failed: 'refused' });
  });

  it('waits no longer than told, and tells whom it asked', async () => {
    let told = false;
    const never = (cut: AbortSignal) => {
      cut.addEventListener('abort', () => (told = true));
      return new Promise<never>(() => undefined);
    };
    const seen = await attempt(never, { timeoutMs: 20, signal: running });
    expect(seen).toEqual({ failed: 'no answer within 0.02 s' });
    expect(told).toBe(true);
  });

  it('is given up when the run is ended, and not begun after', async () => {
    const run = new AbortController();
    const asked = attempt(() => new Promise<never>(() => undefined), {
      timeoutMs: 60_000,
      signal: run.signal,
    });
    run.abort();
    expect(await asked).toEqual({ failed: 'given up: the run was ended' });
    expect(await attempt(() => Promise.resolve(7), { timeoutMs: 60_000, signal: run.signal })).toEqual({
      failed: 'not asked: the run was ended',
    });
  });
});
