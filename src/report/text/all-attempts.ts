import type { PhaseResult } from '../../results/phase.js';
import type { Result } from '../../results/result.js';

type Sharing = PhaseResult['firstAttempt'];

const SHOWN = ['requests', 'responses', 'distinctLeases', 'duplicateLeases'] as const;

/**
 * The figures of all attempts, if they differ from those of first attempts. Undefined if they are equal, or if the
 * source does not tell them.
 */
export function allAttemptsOf({ firstAttempt, allAttempts }: PhaseResult): Sharing | undefined {
  if (allAttempts === null) return undefined;
  return SHOWN.some((figure) => allAttempts[figure] !== firstAttempt[figure]) ? allAttempts : undefined;
}

/** The heading of the table of phases. */
export function figuresTitle({ cases }: Result): string {
  const hasOthers = cases.some(({ phases }) => phases.some((phase) => allAttemptsOf(phase) !== undefined));
  return `First attempts, all servers together${hasOthers ? '; all attempts where they differ' : ''}`;
}
