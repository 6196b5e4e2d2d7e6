import { unlessAborted } from '../processes/wait.js';
import { Interrupted } from './interruption.js';

/** What may be left waiting for ever where its callback has crashed is not waited for longer than this. */
const STUCK_MS = 10_000;

/**
 * What `work` comes to, which is not waited for much longer once something has crashed.
 */
export async function unlessStuckAfterCrash<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const stuck = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    if (crashOf(signal) !== undefined) timer = setTimeout(() => stuck.abort(signal.reason), STUCK_MS);
  };
  signal.addEventListener('abort', onAbort);
  try {
    return await unlessAborted(work, stuck.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** The error that ended the run from where nobody could catch it. */
export function crashOf({ aborted, reason }: AbortSignal): unknown {
  return aborted && !(reason instanceof Interrupted) ? reason : undefined;
}
