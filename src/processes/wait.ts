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
