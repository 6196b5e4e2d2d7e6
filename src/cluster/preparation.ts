import { HarnessError } from '../errors.js';

export interface PreparationLimits {
  /** For all of it; the scenario's `cluster.startTimeoutMs`. */
  timeoutMs: number;
  /** Of the run: when it is aborted, nothing is waited for any more. */
  signal: AbortSignal;
  /** Makes an error of what went wrong. */
  failure: (what: string) => HarnessError;
}

/** What a step of the preparation is given. */
export interface Preparing {
  /** Aborted when the time is up, or the run is ended. */
  signal: AbortSignal;
  /** Says what is done from here on, for the error should the time be up. */
  doing: (what: string) => void;
}

/**
 * Does what prepares a data directory within the start's time limit.
 * Errors: those of the work; what `failure` makes of it when the time is up; the signal's reason when aborted.
 */
export async function withinStartLimit<T>(
  { timeoutMs, signal, failure }: PreparationLimits,
  work: (preparing: Preparing) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(timeoutMs);
  let step = 'starting';
  try {
    return await work({ signal: AbortSignal.any([signal, limit]), doing: (what) => (step = what) });
  } catch (error) {
    signal.throwIfAborted();
    if (!limit.aborted) throw error;
    throw failure(`${step} was not done when cluster.startTimeoutMs (${timeoutMs / 1_000} s) was over`);
  }
}
