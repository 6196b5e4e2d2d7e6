import type { AnswerKind, Observation } from '../../observations/observation.js';
import type { Phase } from '../../protocol/phases.js';
import type { CaseResult } from '../../results/case.js';
import type { Result } from '../../results/result.js';

export type WitnessOfCase = CaseResult['witnesses'][number] & { case: string };

/** A client of a witness. */
export type HolderOfCase = WitnessOfCase['holders'][number];

/** A message that a client sent or got, or that it waited for in vain. */
export interface SeenMessage {
  /** Microseconds since the run's start. */
  atUs: number;
  phase: Phase;
  /** From 1, as in the journal. */
  attempt: number;
  /** `sent`, `timeout`, or what kind of answer it is. */
  what: Observation['type'] | AnswerKind;
  server: string;
  /** Empty for none. */
  lease: string;
}

/** The input of a run's page: its result, and the witnesses that `result.json` leaves out. */
export interface PageInput {
  result: Result;
  /** The stored witnesses, the gravest first. */
  witnesses: readonly WitnessOfCase[];
  /** The number of witnesses that were counted and not stored. */
  witnessesOmitted: number;
  /**
   * The messages of the clients of the witnesses that are drawn, by `clientKey`, in the order of time. Absent where
   * no journal tells them.
   */
  messages?: ReadonlyMap<string, readonly SeenMessage[]>;
  /** The address of the timeline of exchanges; absent where there is none. */
  timeline?: string | undefined;
}

/** The path of a phase in a `data-figure` attribute, such as `cases.0.phases.1`. */
export function phasePath(caseIndex: number, phaseIndex: number): string {
  return `cases.${caseIndex}.phases.${phaseIndex}`;
}
