import type { CaseResult } from '../../results/case.js';
import type { Result } from '../../results/result.js';

export type WitnessOfCase = CaseResult['witnesses'][number] & { case: string };

/** The input of a run's page: its result, and the witnesses that `result.json` leaves out. */
export interface PageInput {
  result: Result;
  /** The stored witnesses, the gravest first. */
  witnesses: readonly WitnessOfCase[];
  /** The number of witnesses that were counted and not stored. */
  witnessesOmitted: number;
  /** The address of the timeline of exchanges; absent where there is none. */
  timeline?: string | undefined;
}

/** The path of a phase in a `data-figure` attribute, such as `cases.0.phases.1`. */
export function phasePath(caseIndex: number, phaseIndex: number): string {
  return `cases.${caseIndex}.phases.${phaseIndex}`;
}
