import { compareMeasured, type Measured } from '../../report/compare/compare.js';
import { notRunAlike } from '../../report/compare/not-run-alike.js';
import type { Comparison } from '../../report/compare/model.js';
import type { Tolerances } from '../../report/compare/tolerances.js';
import type { Difference } from '../../report/compare/circumstances.js';
import { baselinesFor, storedBaselines } from './baselines.js';
import type { ComparedSide } from './sides.js';
import { measuredOf, type StoredBaseline } from './stored-baseline.js';

/** A run beside what is marked for its scenario. */
export interface BesideMarked {
  baseline: StoredBaseline;
  /** Of the circumstances; compared in spite of them where that was asked for. */
  differences: readonly Difference[];
  /** Whether its figures were compared. */
  isCompared: boolean;
  comparison: Comparison;
}

/** The nearest marked baseline; undefined where nothing is marked for the scenario. Errors: SOURCE where one is damaged. */
export function besideMarked(
  run: Measured,
  { baselines, tolerances, anyway }: { baselines: string; tolerances: Tolerances; anyway: boolean },
): BesideMarked | undefined {
  const [nearest] = baselinesFor(baselines, run.results[0]);
  if (nearest === undefined) return undefined;
  const marked = measuredOf(nearest.baseline);
  const isCompared = anyway || nearest.differences.length === 0;
  const comparison = isCompared
    ? compareMeasured(run, marked, tolerances)
    : notRunAlike(run, marked, nearest.differences);
  return { ...nearest, isCompared, comparison };
}

/**
 * Runs of a suite that came to nothing. One whose scenario has a baseline that no other run of the suite was held
 * against leaves the comparison open: nobody knows what it would have come to.
 */
export function missingBeside(
  { missing }: Pick<ComparedSide, 'missing'>,
  baselines: string,
  taken: readonly (BesideMarked | undefined)[],
): { notes: string[]; isPartial: boolean } {
  const paths = new Set(taken.map((one) => one?.baseline.path));
  const told = missing.map(({ name, scenario }) => {
    const isMarked = storedBaselines(baselines, scenario).some(({ path }) => !paths.has(path));
    return { isMarked, note: `${name}${isMarked ? ' has a baseline, but' : ''} came to nothing` };
  });
  return { notes: told.map(({ note }) => note), isPartial: told.some(({ isMarked }) => isMarked) };
}
