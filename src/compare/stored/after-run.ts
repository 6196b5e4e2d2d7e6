import { join } from 'node:path';
import { EXIT, HarnessError } from '../../errors.js';
import { comparisonMarkdown } from '../markdown.js';
import { outcomeLines, partialLines } from '../text.js';
import type { Tolerances } from '../tolerances.js';
import type { Style } from '../../terminal/style.js';
import { failureText } from '../../terminal/failure.js';
import { shownPath } from '../../store/report-directory.js';
import { summarize } from '../../store/step-summary.js';
import { replaceFile } from '../../store/replace-file.js';
import { REPORT_FILES } from '../../store/write-reports.js';
import { isThere } from '../../files/entries.js';
import { COMPARISON_PAGE, writeComparisonPage } from './comparison-page.js';
import { storedBaselines } from './baselines.js';
import { comparisonsOf } from './compare-runs.js';
import { besideMarked, missingBeside } from './marked.js';
import { readSide, type ComparedSide } from './sides.js';
import { COMPARISON_FILE } from './stored-comparison.js';
import { ownCommand } from '../../tool.js';

/** What to compare runs with once they are made. */
export interface CompareWith {
  /** The directory of the baselines. */
  baselines: string;
  tolerances: Tolerances;
}

/** The outcome of the comparison. */
export interface ComparedAfterRun {
  /** The exit code of the comparisons alone. */
  exitCode: number;
  /** The lines for the first screen. */
  lines: (columns: number, style: Style) => string[];
}

/**
 * Called before anything is started. Reads all baselines, so that a damaged one is found before hours of runs.
 * Errors: USAGE where none of the scenarios has a baseline; SOURCE where a baseline is damaged.
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
 * Compares a run or suite with the baselines marked for it, and stores the comparison in its directory. A baseline of
 * other circumstances does not show whether the run is worse. That is no error here, as the run has already been
 * made.
 * Errors: SOURCE, STORAGE.
 *
 * @param say is told where the summary of a CI job can't be written
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
  const compared = comparisonsOf(comparisons, notes, missing.names);
  if (comparisons.length > 0 || missing.names.length > 0) {
    replaceFile(join(directory, COMPARISON_FILE), [JSON.stringify(compared, null, 2) + '\n']);
    if (hasPage(side)) writeComparisonPage(join(directory, COMPARISON_PAGE), compared);
    summarize((limitBytes) => comparisonMarkdown(compared, limitBytes), say);
  }
  return {
    exitCode: compared.exitCode,
    lines: (columns, style) => [
      ...comparisons.flatMap((one) => outcomeLines(one, columns, style)),
      ...partialLines(compared, columns, style),
      ...notes.map((note) => `${note}, so it is not compared`),
    ],
  };
}

/** Whether pages are wanted: a run, or a run of the suite, has one. */
function hasPage({ measured }: ComparedSide): boolean {
  return measured.some(({ directories }) =>
    directories.some((directory) => isThere(join(directory, REPORT_FILES.html))),
  );
}

/**
 * Compares as {@link compareAfterRun} does, but prints an error instead of throwing it: the run's result and reports
 * stay valid.
 */
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
