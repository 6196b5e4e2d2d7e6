import { join } from 'node:path';
import { EXIT, HarnessError } from '../../errors.js';
import { comparisonMarkdown } from '../../report/compare/markdown.js';
import { outcomeLines } from '../../report/compare/text.js';
import type { Tolerances } from '../../report/compare/tolerances.js';
import type { Style } from '../../terminal/style.js';
import { failureText } from '../../terminal/failure.js';
import { shownPath } from '../report-directory.js';
import { summarize } from '../step-summary.js';
import { replaceFile } from '../write-reports.js';
import { storedBaselines } from './baselines.js';
import { comparisonsOf } from './compare-runs.js';
import { besideMarked, missingBeside } from './marked.js';
import { readSide } from './sides.js';
import { COMPARISON_FILE } from './stored-comparison.js';
import { ownCommand } from '../../tool.js';

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
      hint: `run it without --baseline once, and mark that run with \`${ownCommand('baseline set RUN')}\``,
    },
  );
}

/**
 * Compares what lies in a run's or suite's directory with what is marked for it, and stores what that comes to beside it.
 * Where only a baseline of other circumstances is marked, it can't be told whether the run is worse: it has been made by
 * then, so that this is no error.
 * Errors: SOURCE, STORAGE.
 *
 * @param say tells where the summary of a CI job can't be written
 */
export function compareAfterRun(
  directory: string,
  options: CompareWith,
  say: (text: string) => void,
): ComparedAfterRun {
  const side = readSide(directory);
  const found = side.measured.map((one) => besideMarked(one, { ...options, anyway: false }));
  const comparisons = found.flatMap((one) => one?.comparison ?? []);
  const without = side.measured.filter((_, i) => found[i] === undefined);
  const missing = missingBeside(side, options.baselines, found);
  const notes = [...without.map(({ name }) => `${name} has no baseline`), ...missing.notes];
  const compared = comparisonsOf(comparisons, notes, missing.isPartial);
  if (comparisons.length > 0 || missing.isPartial) {
    replaceFile(join(directory, COMPARISON_FILE), [JSON.stringify(compared, null, 2) + '\n']);
    summarize((limitBytes) => comparisonMarkdown(compared, limitBytes), say);
  }
  return {
    exitCode: compared.exitCode,
    lines: (columns, style) => [
      ...comparisons.flatMap((one) => outcomeLines(one, columns, style)),
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
