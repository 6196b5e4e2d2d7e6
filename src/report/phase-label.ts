import type { CaseResult } from './result.js';

export type PhaseResult = CaseResult['phases'][number];

/** Whether its answers lease addresses and prefixes in one message, so that the phase has a row for each type. */
export function isOneOfSeveral(
  { phases }: Pick<CaseResult, 'phases'>,
  { name }: Pick<PhaseResult, 'name'>,
): boolean {
  return phases.filter((phase) => phase.name === name).length > 1;
}

/** Where lease types are leased in one message, the phase's name alone does not tell which. */
export function phaseLabel(
  one: Pick<CaseResult, 'phases'>,
  phase: Pick<PhaseResult, 'name' | 'leaseType'>,
): string {
  return isOneOfSeveral(one, phase) ? `${phase.name} ${phase.leaseType}` : phase.name;
}

/** The first row of each phase: what is the message's own, such as a refusal or a time, is the same in all of them. */
export function isFirstOfItsName(
  { name }: PhaseResult,
  index: number,
  phases: readonly PhaseResult[],
): boolean {
  return phases.findIndex((phase) => phase.name === name) === index;
}
