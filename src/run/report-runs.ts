import { HarnessError } from '../errors.js';
import type { InconclusiveAs } from '../report/junit.js';
import type { ReportFormat } from '../scenario/schema/reports.js';
import { makeReportDirectory } from './report-directory.js';
import { storedResult } from './stored-result.js';
import { readSuite } from './stored-suite.js';
import { writeReports } from './write-reports.js';

export interface ReportRunsRequest {
  /** Run directories, or suites of them. */
  directories: readonly string[];
  formats: readonly ReportFormat[];
  inconclusive: InconclusiveAs;
  /** A directory that is empty or not there yet, for the reports of one run; by default they go to the run directory. */
  out: string | undefined;
}

/**
 * Writes the reports of stored runs once more.
 * Errors: SOURCE, USAGE, STORAGE.
 *
 * @returns the paths of the files
 */
export function reportRuns({ directories, formats, inconclusive, out }: ReportRunsRequest): string[] {
  const runs = directories.flatMap(
    (directory) =>
      readSuite(directory)
        ?.filter(({ wasRun }) => wasRun)
        .map((run) => run.directory) ?? [directory],
  );
  if (out !== undefined && runs.length !== 1) {
    throw new HarnessError('USAGE', `--out takes the reports of one run, and there are ${runs.length}`, {
      hint: 'leave it out, and each run directory gets its own',
    });
  }
  // All of them are read before the first is written.
  const results = runs.map((directory) => ({ directory, result: storedResult(directory) }));
  const to = out === undefined ? undefined : makeReportDirectory('', out, new Date());
  return results.flatMap((run) =>
    writeReports({ ...run, formats, inconclusive, ...(to === undefined ? {} : { to }) }),
  );
}
