import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks until the answer is not undefined. Resolves to undefined when `timeoutMs` have passed; rejects as soon as
 * `signal` is aborted, with its reason, or the question itself throws.
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

/** What `work` comes to; rejects with the signal's reason as soon as that is aborted, whatever becomes of the work. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // It may still reject when nobody waits for it any more.
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
