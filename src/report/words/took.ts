import { duration } from './numbers.js';

/**
 * How long something took by two readings of the wall clock. A clock that was set back in between may read less at the
 * end than at the start; then nobody knows.
 */

type Time = string | null;

/** In seconds; null where it is not known. */
export function secondsTaken(startedAt: Time, finishedAt: Time): number | null {
  if (startedAt === null || finishedAt === null) return null;
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
  return seconds >= 0 ? seconds : null;
}

/** Such as `39 s`. */
export function timeTaken(startedAt: Time, finishedAt: Time): string {
  const seconds = secondsTaken(startedAt, finishedAt);
  return seconds === null ? 'unknown duration, as the clock was set back' : duration(seconds);
}
