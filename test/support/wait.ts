import { setTimeout as sleep } from 'node:timers/promises';

/** This timeout only ends a test whose condition never comes true. No test depends on how long something takes. */
const GIVE_UP_MS = 120_000;

/** Calls `ask` until the answer is neither undefined nor false, and returns the answer. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = Date.now() + GIVE_UP_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() >= deadline) throw new Error(`never came true: ${what}`);
    await sleep(25);
  }
}
