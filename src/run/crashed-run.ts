import { unlessAborted } from '../processes/wait.js';
import { Interrupted } from './interruption.js';

/** After a crash, work may wait for ever for a callback that has crashed. It is waited for no longer than this. */
const STUCK_MS = 10_000;

/**
 * Returns what `work` resolves to. Once something has crashed, it waits for `work` for `STUCK_MS` only, then rejects.
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

/** The error that no code caught and that ended the run, if there was one. */
export function crashOf({ aborted, reason }: AbortSignal): unknown {
  return aborted && !(reason instanceof Interrupted) ? reason : undefined;
}
