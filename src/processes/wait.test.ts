import { describe, expect, it } from 'vitest';
import { unlessAborted, until } from './wait.js';

const never = new AbortController().signal;

describe('waiting', () => {
  it('ends with the first answer', async () => {
    let asked = 0;
    const answer = await until(() => (++asked < 3 ? undefined : asked), {
      timeoutMs: 10_000,
      everyMs: 1,
      signal: never,
    });
    expect(answer).toBe(3);
  });

  it('asks once where there is no time at all', async () => {
    let asked = 0;
    const ask = (): string | undefined => {
      asked++;
      return undefined;
    };
    const answer = await until(ask, { timeoutMs: 0, signal: never });
    expect([answer, asked]).toEqual([undefined, 1]);
  });

  it('ends with the reason of an abort, also in the midst of a pause', async () => {
    const controller = new AbortController();
    const waiting = until(() => undefined, {
      timeoutMs: 600_000,
      everyMs: 600_000,
      signal: controller.signal,
    });
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  it('asks nothing where it was aborted before', async () => {
    let asked = 0;
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(until(() => (asked += 1), { timeoutMs: 1_000, signal })).rejects.toThrow('enough');
    expect(asked).toBe(0);
  });

  it('ends with what the question throws', async () => {
    const ask = () => Promise.reject(new RangeError());
    await expect(until(ask, { timeoutMs: 1_000, signal: never })).rejects.toThrow(RangeError);
  });
});

describe('waiting for work', () => {
  const pending = new Promise<never>(() => undefined);

  it('ends with the result or the error of the work', async () => {
    expect(await unlessAborted(Promise.resolve(7), never)).toBe(7);
    await expect(unlessAborted(Promise.reject(new RangeError()), never)).rejects.toThrow(RangeError);
  });

  it('ends at once when it is aborted, or has been', async () => {
    const run = new AbortController();
    const waiting = unlessAborted(pending, run.signal);
    run.abort(new RangeError());
    await expect(waiting).rejects.toThrow(RangeError);
    await expect(unlessAborted(pending, run.signal)).rejects.toThrow(RangeError);
  });
});
