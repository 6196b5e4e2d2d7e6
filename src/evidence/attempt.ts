import { messageOf } from '../errors.js';
import type { Seen } from './system.js';

/**
 * Asks something that may be dead, frozen or gone. Never throws, and never waits longer than `timeoutMs`: why there is
 * no answer is evidence too. `ask` is given a signal that is aborted when nobody waits for it any more.
 */
export async function attempt<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Seen<T>> {
  const givenUp = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  if (givenUp.aborted) return { failed: 'not asked: the run was ended' };
  const noAnswer = new Promise<Seen<T>>((resolve) => {
    const why = (): string =>
      signal.aborted ? 'given up: the run was ended' : `no answer within ${timeoutMs / 1_000} s`;
    givenUp.addEventListener('abort', () => resolve({ failed: why() }), { once: true });
  });
  const answer = (async () => ask(givenUp))().then(
    (seen): Seen<T> => ({ seen }),
    (error: unknown): Seen<T> => ({ failed: messageOf(error) }),
  );
  return Promise.race([answer, noAnswer]);
}
