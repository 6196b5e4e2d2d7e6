import type { Evidence } from '../../evidence/evidence.js';
import { familyOfPhases } from '../../protocol/phases.js';
import type { CaseFigures } from '../../results/case.js';
import type { Audited } from '../audit/audit.js';
import type { ContextOf } from '../checks/known-failures.js';
import type { CaseState } from '../fold/case-state.js';
import { everHeld } from '../holdings/held-leases.js';
import type { CauseContext } from './cause.js';
import type { CaseInRun } from './run-context.js';

/** The cases of a run, for causes that explain its figures. */
export function casesInRun(
  states: readonly CaseState[],
  figures: readonly CaseFigures[],
  audited: Audited | undefined,
): CaseInRun[] {
  return states.flatMap(({ layout, traffic }, index): CaseInRun[] => {
    const its = figures[index];
    if (its === undefined) return [];
    const servers = layout.servers.map((name, server) => ({ name, sent: traffic.sentTo(server) }));
    const { findings = [] } = audited?.cases[index] ?? {};
    return [{ figures: its, family: familyOfPhases(layout.phases), servers, findings }];
  });
}

/** What may show why a check does not hold. */
export function contextOf(
  states: readonly CaseState[],
  figures: readonly CaseFigures[],
  audited: Audited | undefined,
  { system }: Evidence,
  settings: CauseContext['settings'],
): ContextOf {
  return (check) => {
    const index = figures.findIndex(({ name }) => name === check.case);
    const state = states[index];
    return {
      system,
      settings,
      witnesses: figures[index]?.witnesses ?? [],
      findings: (index < 0 ? audited?.run : audited?.cases[index])?.findings ?? [],
      everHeld: (clients) => (state === undefined ? new Map() : everHeld(state, clients)),
    };
  };
}
