import type { Scenario } from '../scenario/schema.js';
import type { CaseFigures } from './case-figures.js';
import { toleranceOf } from './comparison.js';
import type { Check, CheckName } from './model.js';
import { isWithin, percentText, rangeText, type PercentRange } from './ranges.js';
import { isUnsound } from './soundness.js';

/**
 * The figures that the scenario states, `firstPhase` and the tolerances of `published`: a stated tolerance is a
 * check, and a figure outside it fails. Not so where the run can't tell (`soundness`): a figure it measured
 * badly, or not to the end, is not held against the cluster, and the check is inconclusive.
 */
export function statedChecks(
  cases: readonly CaseFigures[],
  scenario: Pick<Scenario, 'published' | 'firstPhase'>,
  soundness: readonly Check[],
): Check[] {
  return cases.flatMap((figures) => {
    const unsound = isUnsound(soundness, figures.name);
    return statedRanges(figures, scenario).map(({ name, phase, range, actual }): Check => {
      const holds = actual !== null && isWithin(actual, range);
      return {
        name,
        case: figures.name,
        phase,
        expected: rangeText(range),
        actual: actual === null ? 'no answers' : percentText(actual),
        verdict: holds ? 'pass' : unsound || actual === null ? 'inconclusive' : 'fail',
      };
    });
  });
}

interface StatedRange {
  name: CheckName;
  phase: string;
  range: PercentRange;
  /** Percent; null where there is nothing to divide by. */
  actual: number | null;
}

function statedRanges(
  figures: CaseFigures,
  { published, firstPhase }: Pick<Scenario, 'published' | 'firstPhase'>,
): StatedRange[] {
  const tolerance = published === undefined ? {} : toleranceOf(published, figures.name);
  const first = figures.phases[0];
  const phase = first?.name ?? '';
  const duplicates = first?.firstAttempt.duplicatePercent ?? null;
  const ranges: (Omit<StatedRange, 'range'> & { range: PercentRange | undefined })[] = [
    {
      name: 'firstPhase.duplicatePercent',
      phase,
      range: firstPhase?.duplicatePercent,
      actual: duplicates,
    },
    {
      name: 'published.duplicatePercent',
      phase,
      range: tolerance.duplicatePercent,
      actual: duplicates,
    },
    {
      name: 'published.appearancePercent',
      phase,
      range: tolerance.appearancePercent,
      actual: first?.firstAttempt.appearancePercent ?? null,
    },
    {
      name: 'published.clientsWithLeasePercent',
      phase: '',
      range: tolerance.clientsWithLeasePercent,
      actual: figures.clients === 0 ? null : (100 * figures.clientsWithLease) / figures.clients,
    },
  ];
  return ranges.flatMap(({ range, ...rest }) => (range === undefined ? [] : [{ ...rest, range }]));
}
