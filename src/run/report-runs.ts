import { HarnessError } from '../errors.js';
import type { Anonymiser } from '../report/anonymise/anonymiser.js';
import type { InconclusiveAs } from '../report/junit/junit.js';
import type { Suite } from '../report/suite-result.js';
import type { ReportFormat } from '../scenario/report-names.js';
import { makeReportDirectory } from '../store/report-directory.js';
import { storedResult } from '../store/stored-result.js';
import { readSuite, storedSuite } from '../store/stored-suite.js';
import { membersOf, writeSuiteReports } from '../suite/suite-reports.js';
import type { PrintedRun } from './print-run.js';
import { writeReports } from '../store/write-reports.js';

export interface ReportRunsRequest {
  /** Run directories, or directories of suites. */
  directories: readonly string[];
  formats: readonly ReportFormat[];
  inconclusive: InconclusiveAs;
  /** An empty or missing directory for the reports of one run; by default the reports go to the run directory. */
  out: string | undefined;
  /** Replaces addresses and names. The reports then go to `out`, away from the reports with the real ones. */
  anonymiser?: Anonymiser | undefined;
}

export interface Reported {
  /** The paths of all files, in the order in which they were written. */
  files: string[];
  /** The runs whose own directories were named; runs of a named suite are not among them. */
  runs: PrintedRun[];
}

/**
 * Writes the reports of stored runs again. For a suite, writes the reports of its runs and of the suite.
 * Errors: SOURCE, USAGE, STORAGE.
 */
export function reportRuns({
  directories,
  formats,
  inconclusive,
  out,
  anonymiser,
}: ReportRunsRequest): Reported {
  const runs = directories.flatMap(
    (directory) =>
      readSuite(directory)
        ?.filter(({ wasRun }) => wasRun)
        .map((run) => run.directory) ?? [directory],
  );
  const suites = directories.flatMap((directory) => suiteIn(directory));
  if (out !== undefined && (runs.length !== 1 || suites.length > 0)) {
    const what = suites.length > 0 ? 'a suite is given' : `${runs.length} runs are given`;
    throw new HarnessError('USAGE', `--out takes the reports of one run, but ${what}`, {
      hint: 'without --out, each directory gets its own reports',
    });
  }
  if (anonymiser !== undefined && out === undefined) {
    throw new HarnessError('USAGE', '--anonymise needs --out', {
      hint: 'name a new directory: it will hold only files that may be shared',
    });
  }
  // All results are read before the first report is written.
  const results = runs.map((directory) => {
    const result = storedResult(directory);
    return { directory, result: anonymiser?.result(result) ?? result };
  });
  const to = out === undefined ? undefined : makeReportDirectory('', out, new Date());
  const written = results.flatMap((run) =>
    writeReports({ ...run, formats, inconclusive, anonymiser, ...(to === undefined ? {} : { to }) }),
  );
  // The suites' reports come last, as they link to the pages of their runs.
  const ofSuites = suites.flatMap(({ directory, suite }) =>
    writeSuiteReports({ directory, suite, members: membersOf(directory, suite), formats, inconclusive }),
  );
  const named = results.filter(({ directory }) => directories.includes(directory));
  return {
    files: [...written, ...ofSuites],
    runs: named.map(({ directory, result }) => ({
      result,
      runDirectory: anonymiser === undefined ? directory : '',
      pageIn: to ?? directory,
    })),
  };
}

function suiteIn(directory: string): { directory: string; suite: Suite }[] {
  const suite = storedSuite(directory);
  return suite === undefined ? [] : [{ directory, suite }];
}
