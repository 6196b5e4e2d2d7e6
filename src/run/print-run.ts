import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, quietLines, type LastLinesOptions } from '../report/text/last-lines.js';
import type { Result } from '../results/result.js';
import { terminalReport } from '../report/text/terminal.js';
import { styleFor } from '../terminal/colour.js';
import { printable } from '../terminal/printable.js';
import type { Verbosity } from '../terminal/progress.js';
import type { Style } from '../terminal/style.js';
import { shownPath } from '../store/report-directory.js';
import { REPORT_FILES } from '../store/write-reports.js';

/** What every command prints about one run on standard output. The verdict and the path of the page come last. */

export interface PrintedRun {
  result: Result;
  /** The path as it is to be shown; empty for a source that others recorded. */
  runDirectory: string;
  /** The directory of the page; the run directory by default. */
  pageIn?: string;
}

export interface HowToPrint {
  verbosity: Verbosity;
  /** Whether the run is one of several; the suite's directory is then named at the end. */
  inSuite?: boolean;
  /** Lines before all others, such as a comparison. */
  before?: readonly string[];
  /** What the reader must know beside the verdict. */
  beside?: readonly string[];
}

/** The width of standard output, and its colours. */
export function screen(): { columns: number; style: Style } {
  // The width is 0 where the terminal does not know it.
  return { columns: process.stdout.columns || 80, style: styleFor(process.stdout) };
}

export function printRun(run: PrintedRun, how: HowToPrint): void {
  const { result } = run;
  const { verbosity, inSuite = false, before = [], beside = [] } = how;
  const options = { ...screen(), ...placeOf(run), beside };
  if (verbosity === 'quiet') {
    const lines = quietLines(result, inSuite ? '' : options.runDirectory, options.style);
    process.stdout.write(joined([...before, ...lines]));
    return;
  }
  // The report begins with an empty line.
  const first = before.length === 0 ? '' : joined(['', ...before]);
  process.stdout.write(first + terminalReport(result, { ...options, verbose: verbosity === 'verbose' }));
}

/** Prints the end of the report only, for a command whose main output is something else. */
export function printLastLines(run: PrintedRun): void {
  process.stdout.write(joined(lastLines(run.result, { ...screen(), ...placeOf(run) })));
}

function placeOf({
  runDirectory,
  pageIn = runDirectory,
}: PrintedRun): Pick<LastLinesOptions, 'runDirectory' | 'page'> {
  const page = join(pageIn, REPORT_FILES.html);
  return {
    runDirectory: printable(runDirectory),
    page: pageIn !== '' && existsSync(page) ? printable(shownPath(page)) : undefined,
  };
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
