import { HarnessError, type ErrorCode } from '../errors.js';
import type { ManagedProcess } from './managed-process.js';

/**
 * Does `work`, but fails at once, with the last lines of its log, when one of the processes ends meanwhile.
 */
export async function whileAllRun<T>(
  code: ErrorCode,
  processes: readonly ManagedProcess[],
  work: Promise<T>,
): Promise<T> {
  let done = false;
  const deaths = processes.map(async (process): Promise<never> => {
    await process.ended;
    if (done || process.asked) return new Promise<never>(() => undefined);
    throw new HarnessError(
      code,
      [`${process.name} ended by itself: ${process.how ?? ''}`, ...process.lastLines()].join('\n  '),
      { hint: `the whole log: ${process.logFile}` },
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
