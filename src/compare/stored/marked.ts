import { compareMeasured } from '../compare.js';
import type { Measured } from '../measured.js';
import { notRunAlike } from '../not-run-alike.js';
import type { Comparison } from '../comparison.js';
import type { Tolerances } from '../tolerances.js';
import type { Difference } from '../circumstances.js';
import { baselinesFor, storedBaselines } from './baselines.js';
import type { ComparedSide } from './sides.js';
import { measuredOf, type StoredBaseline } from './stored-baseline.js';

/** A run and the baseline marked for its scenario. */
export interface BesideMarked {
  baseline: StoredBaseline;
  /** Differences between the circumstances of the two. They are compared all the same if that was asked for. */
  differences: readonly Difference[];
  /** Whether the figures were compared. */
  isCompared: boolean;
  comparison: Comparison;
}

/**
 * The nearest marked baseline; undefined where none is marked for the scenario. Errors: SOURCE where one is damaged.
 */
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
 * Notes on the runs of a suite that have no result. `names` are those that make the comparison partial: the scenario
 * has a baseline that no other run of the suite was compared with: nobody knows how the run would have compared.
 */
export function missingBeside(
  { missing }: Pick<ComparedSide, 'missing'>,
  baselines: string,
  taken: readonly (BesideMarked | undefined)[],
): { notes: string[]; names: string[] } {
  const paths = new Set(taken.map((one) => one?.baseline.path));
  const told = missing.map(({ name, scenario }) => {
    const isMarked = storedBaselines(baselines, scenario).some(({ path }) => !paths.has(path));
    return { name, isMarked, note: `${name} has ${isMarked ? 'a baseline, but ' : ''}no result` };
  });
  return {
    notes: told.map(({ note }) => note),
    names: told.filter(({ isMarked }) => isMarked).map(({ name }) => name),
  };
}
