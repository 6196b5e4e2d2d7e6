import type { PhaseResult } from './phase-label.js';
import type { Result } from './result.js';

/**
 * What others recorded without the phases that nobody went through: they are there as they are usual, and nothing can be said
 * of them. A run of our own has all that it was to go through.
 */
export function withSeenPhases(result: Result): Result {
  if (result.source === null) return result;
  return { ...result, cases: result.cases.map((one) => ({ ...one, phases: one.phases.filter(isSeen) })) };
}

function isSeen({ firstAttempt, allAttempts, outcomes }: PhaseResult): boolean {
  const requests = allAttempts?.requests ?? firstAttempt.requests ?? 0;
  return requests + firstAttempt.responses + outcomes['no-lease'] > 0;
}
