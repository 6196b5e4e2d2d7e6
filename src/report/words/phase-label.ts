import type { CaseResult } from '../../results/case.js';
import type { PhaseResult } from '../../results/phase.js';

/**
 * Whether a message of this phase leases an address and a prefix, so that the phase has a row for each lease type.
 */
export function isOneOfSeveral(
  { phases }: Pick<CaseResult, 'phases'>,
  { name }: Pick<PhaseResult, 'name'>,
): boolean {
  return phases.filter((phase) => phase.name === name).length > 1;
}

/** The name of a phase. The lease type follows if the phase has a row for each type. */
export function phaseLabel(
  one: Pick<CaseResult, 'phases'>,
  phase: Pick<PhaseResult, 'name' | 'leaseType'>,
): string {
  return isOneOfSeveral(one, phase) ? `${phase.name} ${phase.leaseType}` : phase.name;
}

/**
 * Whether this is the first row of its phase. Figures of the message itself, such as refusals or times, are equal in
 * all rows of a phase.
 */
export function isFirstOfItsName(
  { name }: PhaseResult,
  index: number,
  phases: readonly PhaseResult[],
): boolean {
  return phases.findIndex((phase) => phase.name === name) === index;
}
