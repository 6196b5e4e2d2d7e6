import { HarnessError } from '../errors.js';

export interface PreparationLimits {
  /** The time limit of the whole preparation: the scenario's `cluster.startTimeoutMs`. */
  timeoutMs: number;
  /** The run's signal. Once it is aborted, the preparation waits for nothing any more. */
  signal: AbortSignal;
  /** Makes an error that says what went wrong. */
  failure: (what: string) => HarnessError;
}

/** What each step of the preparation gets. */
export interface Preparing {
  /** Aborted when the time is up or the run is aborted. */
  signal: AbortSignal;
  /** Names the step that begins now. If the time runs out, the error names this step. */
  doing: (what: string) => void;
}

/**
 * Runs `work`, which prepares a data directory, within the time limit of a start.
 * Errors: those of `work`; an error of `failure` when the time is up; the signal's reason when aborted.
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
    throw failure(`${step} was not finished within cluster.startTimeoutMs (${timeoutMs / 1_000} s)`);
  }
}
