import { HarnessError, type ErrorCode } from '../errors.js';
import { endingInWords } from './ending.js';
import { presentForm, type Running } from './running.js';
import { causeAmong } from './same-cause.js';

/**
 * Programs that those in `running` of {@link whileAllRun} depend on. If a program of each list ends, the error names
 * the one of the foundation.
 */
export interface Foundation {
  code: ErrorCode;
  running: readonly Running[];
}

/**
 * Waits for `work`. Fails at once, with the last lines of the log, when one of the programs that must run meanwhile
 * ends unasked, or has ended so already. A program that may be started again is watched in its present form.
 *
 * @param work gets a signal, which is aborted with `signal`, and also when nobody waits for the work any longer
 */
export async function whileAllRun<T>(
  code: ErrorCode,
  running: readonly Running[],
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  foundation: Foundation = { code, running: [] },
): Promise<T> {
  let done = false;
  const over = new AbortController();
  const never = new Promise<never>(() => undefined);
  const failed = async (one: Running): Promise<never> => {
    await one.ended;
    if (done || one.asked) return never;
    const cause = below.includes(one) ? one : await causeAmong(below);
    if (cause !== undefined) throw itEnded(foundation.code, cause);
    throw itEnded(code, one);
  };
  const below = foundation.running.map(presentForm);
  const deaths = [...below, ...running.map(presentForm)].map(failed);
  const working = work(AbortSignal.any([signal, over.signal]));
  try {
    return await Promise.race([working, ...deaths]);
  } finally {
    done = true;
    // The promises that lose the race may still reject.
    for (const loser of [working, ...deaths]) loser.catch(() => undefined);
    over.abort();
  }
}

/** What setpriv(1) says of a program that its user may not run. */
const DENIED = /^setpriv: failed to execute (.+): Permission denied$/;

function itEnded(code: ErrorCode, one: Running): HarnessError {
  const { verb, way } = endingInWords({ ...one.ending, how: one.how ?? '' });
  const lines = one.lastLines();
  const denied = DENIED.exec(lines.at(-1) ?? '')?.[1];
  return new HarnessError(code, [`${one.name} ${verb} (${way})`, ...lines].join('\n  '), {
    hint:
      denied === undefined
        ? `the full log is in ${one.logFile}`
        : `root starts it as another user: let everybody read ${denied} and the directories above it, or set cluster.user to one who may`,
  });
}
