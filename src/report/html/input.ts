import type { CaseResult, Result } from '../result.js';

export type WitnessOfCase = CaseResult['witnesses'][number] & { case: string };

/** What a page is made from: `result.json`, and the witnesses that it leaves out. */
export interface PageInput {
  result: Result;
  /** The gravest first, as far as they are stored. */
  witnesses: readonly WitnessOfCase[];
  /** How many more were counted and not stored. */
  witnessesOmitted: number;
}

/** `cases.0.phases.1`, as `data-figure` has it. */
export function phasePath(caseIndex: number, phaseIndex: number): string {
  return `cases.${caseIndex}.phases.${phaseIndex}`;
}
