import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Calls `ask` until its answer is not undefined. Resolves to undefined when `timeoutMs` have passed. Rejects with the
 * signal's reason as soon as `signal` is aborted, and with what `ask` throws.
 */
export async function until<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  { timeoutMs, everyMs = 25, signal }: { timeoutMs: number; everyMs?: number; signal: AbortSignal },
): Promise<T | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    signal.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() >= deadline) return undefined;
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * The result of `work`. Rejects with the signal's reason as soon as the signal is aborted, whatever becomes of the
 * work.
 */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // `work` may still reject when nobody waits for it any more.
  work.catch(() => undefined);
  signal.throwIfAborted();
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
