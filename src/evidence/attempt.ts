import { messageOf } from '../errors.js';
import type { Running } from '../processes/running.js';
import { causeAmong } from '../processes/same-cause.js';
import type { Seen } from './system.js';

/**
 * Asks as `attempt` does, but only if everything that the answer needs is alive. If a part of it has died, the result
 * names that part, as the missing answer follows from the death.
 *
 * @param needed what must live for an answer, first of all what gives it; undefined for what the harness can't see
 *   end
 */
export async function attemptOfTheLiving<T>(
  needed: readonly (Running | undefined)[],
  ask: (signal: AbortSignal) => Promise<T>,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Seen<T>> {
  const watched = needed.filter((one) => one !== undefined);
  const isDead = ({ ending, asked }: Running): boolean => ending !== undefined && !asked;
  const dead = watched.find(isDead);
  if (dead !== undefined) return goneWith(dead);
  const answer = await attempt(ask, { timeoutMs, signal });
  if ('seen' in answer) return answer;
  // A part may have died while it was asked.
  await causeAmong(watched, signal);
  const died = watched.find(isDead);
  return died === undefined ? answer : goneWith(died);
}

function goneWith({ name }: Running): { absent: string; died: string } {
  return { absent: `${name} had died`, died: name };
}

/**
 * Asks something that may be dead, frozen or gone. Never throws, and never waits longer than `timeoutMs`: the reason
 * for a missing answer is evidence too. `ask` gets a signal that is aborted when nobody waits for the answer any
 * more.
 */
export async function attempt<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Seen<T>> {
  const givenUp = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  if (givenUp.aborted) return { failed: 'not asked: the run was ended' };
  const noAnswer = new Promise<Seen<T>>((resolve) => {
    const why = (): string =>
      signal.aborted ? 'no answer before the run was ended' : `no answer within ${timeoutMs / 1_000} s`;
    givenUp.addEventListener('abort', () => resolve({ failed: why() }), { once: true });
  });
  const answer = (async () => ask(givenUp))().then(
    (seen): Seen<T> => ({ seen }),
    (error: unknown): Seen<T> => ({ failed: messageOf(error) }),
  );
  return Promise.race([answer, noAnswer]);
}
