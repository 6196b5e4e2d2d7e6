import { HarnessError, type ErrorCode } from '../errors.js';
import { endingInWords } from './ending.js';
import type { Running } from './running.js';
import { causeAmong } from './same-cause.js';

/** What `running` can't do without: where both end, that is what is told. */
export interface Foundation {
  code: ErrorCode;
  running: readonly Running[];
}

/**
 * Does `work`, but fails at once, with the last lines of its log, when something of what must run meanwhile ends.
 */
export async function whileAllRun<T>(
  code: ErrorCode,
  running: readonly Running[],
  work: Promise<T>,
  foundation: Foundation = { code, running: [] },
): Promise<T> {
  let done = false;
  const never = new Promise<never>(() => undefined);
  const failed = async (one: Running): Promise<never> => {
    await one.ended;
    if (done || one.asked) return never;
    const cause = foundation.running.includes(one) ? one : await causeAmong(foundation.running);
    if (cause !== undefined) throw itEnded(foundation.code, cause);
    throw itEnded(code, one);
  };
  const deaths = [...foundation.running, ...running].map(failed);
  try {
    return await Promise.race([work, ...deaths]);
  } finally {
    done = true;
    // The losers of the race may still reject.
    for (const loser of [work, ...deaths]) loser.catch(() => undefined);
  }
}

function itEnded(code: ErrorCode, one: Running): HarnessError {
  const { verb, way } = endingInWords({ ...one.ending, how: one.how ?? '' });
  return new HarnessError(code, [`${one.name} ${verb} (${way})`, ...one.lastLines()].join('\n  '), {
    hint: `the whole log: ${one.logFile}`,
  });
}
