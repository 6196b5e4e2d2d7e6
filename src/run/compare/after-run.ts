import { join } from 'node:path';
import { EXIT, HarnessError, worstExitCode } from '../../errors.js';
import { compareMeasured, type Measured } from '../../report/compare/compare.js';
import { comparisonMarkdown } from '../../report/compare/markdown.js';
import type { Comparison } from '../../report/compare/model.js';
import { outcomeLines } from '../../report/compare/text.js';
import type { Tolerances } from '../../report/compare/tolerances.js';
import type { Style } from '../../terminal/style.js';
import { failureText } from '../../terminal/failure.js';
import { shownPath } from '../report-directory.js';
import { summarize } from '../step-summary.js';
import { replaceFile } from '../write-reports.js';
import { baselinesFor, storedBaselines } from './baselines.js';
import { comparisonsOf, refusal } from './compare-runs.js';
import { readSide } from './sides.js';
import { measuredOf } from './stored-baseline.js';

/** What runs are to be compared with once they are made. */
export interface CompareWith {
  /** Where baselines are kept. */
  baselines: string;
  tolerances: Tolerances;
}

/** What came of it. */
export interface ComparedAfterRun {
  /** Of the comparisons alone. */
  exitCode: number;
  /** What belongs on the first screen. */
  lines: (columns: number, style: Style) => string[];
}

/** In the directory of the run or suite; what `compare --json` prints. */
export const COMPARISON_FILE = 'comparison.json';

/**
 * Before anything is started; all are read, so that a damaged one does not come to light after hours of runs.
 * Errors: USAGE where none of the scenarios has a baseline; SOURCE where one is damaged.
 */
export function requireBaselines(scenarios: readonly string[], { baselines }: CompareWith): void {
  const names = [...new Set(scenarios)];
  const found = names.flatMap((name) => storedBaselines(baselines, name));
  if (found.length > 0) return;
  throw new HarnessError(
    'USAGE',
    `--baseline: ${names.join(', ')} has no baseline in ${shownPath(baselines)}`,
    {
      hint: 'run it without --baseline once, and mark that run with `baseline set RUN`',
    },
  );
}

/**
 * Compares what lies in a run's or suite's directory with what is marked for it, and stores what that comes to beside it.
 * Where only a baseline of other circumstances is marked, that is said, and is an error by the exit code.
 * Errors: SOURCE, STORAGE.
 *
 * @param say tells where the summary of a CI job can't be written
 */
export function compareAfterRun(
  directory: string,
  options: CompareWith,
  say: (text: string) => void,
): ComparedAfterRun {
  const { measured, missing } = readSide(directory);
  const found = measured.map((one) => compareOne(one, options));
  const comparisons = found.flatMap(({ comparison }) => comparison ?? []);
  const refusals = found.flatMap((one) => one.refused ?? []);
  const without = found.flatMap((one, i) => (Object.keys(one).length === 0 ? (measured[i]?.name ?? []) : []));
  const notes = [
    ...without.map((name) => `${name} has no baseline`),
    ...missing.map((name) => `${name} could not be run`),
  ];
  const compared = comparisonsOf(comparisons, notes);
  if (comparisons.length > 0) {
    replaceFile(join(directory, COMPARISON_FILE), [JSON.stringify(compared, null, 2) + '\n']);
    summarize((limitBytes) => comparisonMarkdown(compared, limitBytes), say);
  }
  return {
    exitCode: worstExitCode([compared.exitCode, ...refusals.map((error) => error.exitCode)]),
    lines: (columns, style) => [
      ...comparisons.flatMap((one) => outcomeLines(one, columns, style)),
      ...refusals.flatMap((error) => failureText(error).trimEnd().split('\n')),
      ...notes.map((note) => `${note}, so it is not compared`),
    ],
  };
}

/** The same of what is finished: its result and reports stay where it can't be compared, and the error is told beside them. */
export function compareFinished(
  directory: string,
  options: CompareWith,
  say: (text: string) => void,
): ComparedAfterRun {
  try {
    return compareAfterRun(directory, options, say);
  } catch (error) {
    return {
      exitCode: error instanceof HarnessError ? error.exitCode : EXIT.internal,
      lines: () => failureText(error).trimEnd().split('\n'),
    };
  }
}

/** Neither where nothing is marked for its scenario. */
function compareOne(
  run: Measured,
  { baselines, tolerances }: CompareWith,
): { comparison?: Comparison; refused?: HarnessError } {
  const [nearest] = baselinesFor(baselines, run.results[0]);
  if (nearest === undefined) return {};
  const { baseline, differences } = nearest;
  if (differences.length > 0) return { refused: refusal(run, shownPath(baseline.path), differences) };
  return { comparison: compareMeasured(run, measuredOf(baseline), tolerances) };
}
