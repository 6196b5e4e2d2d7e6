import { HarnessError, type ErrorCode } from '../errors.js';
import type { Running } from './running.js';

/**
 * Does `work`, but fails at once, with the last lines of its log, when something of what must run meanwhile ends.
 */
export async function whileAllRun<T>(
  code: ErrorCode,
  running: readonly Running[],
  work: Promise<T>,
): Promise<T> {
  let done = false;
  const deaths = running.map(async (one): Promise<never> => {
    await one.ended;
    if (done || one.asked) return new Promise<never>(() => undefined);
    throw new HarnessError(
      code,
      [`${one.name} ended by itself: ${one.how ?? ''}`, ...one.lastLines()].join('\n  '),
      { hint: `the whole log: ${one.logFile}` },
    );
  });
  try {
    return await Promise.race([work, ...deaths]);
  } finally {
    done = true;
    // The losers of the race may still reject.
    for (const loser of [work, ...deaths]) loser.catch(() => undefined);
  }
}
