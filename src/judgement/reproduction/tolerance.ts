import { figureNamed } from '../../results/registry/figures.js';
import type { Criterion } from '../../scenario/checks/stated-check.js';
import { printCriterion } from '../../scenario/checks/print.js';
import type { Scenario } from '../../scenario/schema.js';
import { toleranceOf } from './comparison.js';
import type { NamedCheck } from '../checks/evaluate.js';

const TOLERATED = ['duplicatePercent', 'appearancePercent'] as const;

/**
 * Reads each tolerance of the published figures as an expected figure of the first phase of its case. The name of the
 * check says where the tolerance was stated. Cases that the run doesn't have are left out: a tolerance does not
 * demand that its case runs.
 */
export function toleranceChecks(
  published: NonNullable<Scenario['published']>,
  cases: readonly { name: string }[],
): NamedCheck[] {
  return cases.flatMap(({ name }) =>
    TOLERATED.flatMap((figureName): NamedCheck[] => {
      const range = toleranceOf(published, name)[figureName];
      const figure = figureNamed(figureName);
      if (range === undefined || figure === undefined) return [];
      const [from, to] = range.map((value) => ({ value, unit: '%' as const }));
      if (from === undefined || to === undefined) return [];
      const criterion: Criterion = { operator: 'in', from, to };
      return [
        {
          name: `published.tolerance.${name}.${figureName} ${printCriterion(criterion)}`,
          check: { case: name, phase: 'first', scope: 'firstAttempt', figure, criterion },
        },
      ];
    }),
  );
}
