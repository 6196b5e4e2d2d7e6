import type { PhaseResult } from '../../results/phase.js';
import type { Result } from '../../results/result.js';

/**
 * Removes the phases of recorded exchanges that no client went through. The importer lists them because they are
 * usual, but the recording says nothing about them. A run of this program keeps all its phases.
 */
export function withSeenPhases(result: Result): Result {
  if (result.source === null) return result;
  return { ...result, cases: result.cases.map((one) => ({ ...one, phases: one.phases.filter(isSeen) })) };
}

function isSeen({ firstAttempt, allAttempts, outcomes }: PhaseResult): boolean {
  const requests = allAttempts?.requests ?? firstAttempt.requests ?? 0;
  return requests + firstAttempt.responses + outcomes['no-lease'] > 0;
}
