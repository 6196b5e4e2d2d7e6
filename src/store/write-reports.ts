import { replaceFile } from './replace-file.js';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '../observations/journal/journal.js';
import type { Anonymiser } from '../report/anonymise/anonymiser.js';
import { witnessesOnPage } from '../report/html/witnesses/on-page.js';
import { drawnWitnesses } from '../report/html/witnesses/shown.js';
import { reportPage } from '../report/html/page.js';
import { junitReport, type InconclusiveAs } from '../report/junit/junit.js';
import { leasesCsv } from '../report/leases-csv.js';
import { markdownReport } from '../report/markdown/markdown.js';
import type { Result } from '../results/result.js';
import type { ReportFormat } from '../scenario/report-names.js';
import { shownPath } from './report-directory.js';
import { STORED } from './stored-files.js';
import { storedWitnesses, WITNESSES_READ } from './stored-witnesses.js';
import { witnessedMessages } from './witnessed-messages.js';
import { TIMELINE, writeTimeline } from './write-timeline.js';

export const REPORT_FILES: Record<ReportFormat, string> = {
  html: 'report.html',
  timeline: TIMELINE.page,
  junit: 'junit.xml',
  markdown: 'summary.md',
  csv: 'leases.csv',
};

export interface ReportsRequest {
  /** The run directory. */
  directory: string;
  result: Result;
  formats: readonly ReportFormat[];
  inconclusive: InconclusiveAs;
  /** A directory that exists; the run directory by default. */
  to?: string;
  /** The anonymiser that was applied to the result. It is applied to other files of the run directory too. */
  anonymiser?: Anonymiser | undefined;
  /** Is told why there is no timeline. By default the error is thrown once the other reports are written. */
  withoutTimeline?: (error: unknown) => void;
}

/**
 * Writes a run's reports, all from its run directory. An existing report is replaced once the new one is complete.
 * Errors: STORAGE where a report can't be written; SOURCE where the run directory is damaged.
 *
 * @returns the paths of the files
 */
export function writeReports({ directory, to = directory, formats, ...request }: ReportsRequest): string[] {
  const { result, anonymiser, withoutTimeline } = request;
  const page = anonymiser === undefined ? pageIn(to, formats) : besideIt(formats);
  let failure: { error: unknown } | undefined;
  if (formats.includes('timeline')) {
    // It comes first, as the page links to it. It is also the largest, so it may fail where the others fit.
    try {
      const report = page === undefined ? undefined : REPORT_FILES.html;
      writeTimeline({ directory, to, result, anonymiser, report });
    } catch (error) {
      failure = { error };
    }
  }
  const isThere = Object.values(TIMELINE).every((name) => existsSync(join(to, name)));
  const timeline = isThere ? REPORT_FILES.timeline : undefined;
  const paths = [...new Set(formats)]
    .filter((format) => format !== 'timeline' || failure === undefined)
    .map((format) => {
      const path = join(to, REPORT_FILES[format]);
      if (format !== 'timeline')
        replaceFile(path, content(format, { ...request, directory, page, timeline }));
      return path;
    });
  if (failure === undefined) return paths;
  if (withoutTimeline === undefined) throw failure.error;
  withoutTimeline(failure.error);
  return paths;
}

function content(
  format: Exclude<ReportFormat, 'timeline'>,
  request: Pick<ReportsRequest, 'directory' | 'result' | 'inconclusive' | 'anonymiser'> & {
    page: string | undefined;
    timeline: string | undefined;
  },
): Iterable<string> {
  const { directory, result, inconclusive, page, timeline, anonymiser } = request;
  switch (format) {
    case 'html':
      return [pageOf(directory, result, anonymiser, timeline)];
    case 'junit':
      return [junitReport(result, { inconclusive, page })];
    case 'markdown':
      return [markdownReport(result)];
    case 'csv': {
      const journal = openJournal(join(directory, STORED.journal));
      return leasesCsv(anonymiser?.journal(journal) ?? journal);
    }
  }
}

/** The path of the page, if it exists or is written with the other formats. */
function pageIn(to: string, formats: readonly ReportFormat[]): string | undefined {
  const path = join(to, REPORT_FILES.html);
  return formats.includes('html') || existsSync(path) ? shownPath(path) : undefined;
}

/** The page's file name alone: the path of a directory may tell whose directory it is. */
function besideIt(formats: readonly ReportFormat[]): string | undefined {
  return formats.includes('html') ? REPORT_FILES.html : undefined;
}

function pageOf(
  directory: string,
  result: Result,
  anonymiser: Anonymiser | undefined,
  timeline: string | undefined,
): string {
  const witnesses = witnessesOnPage(storedWitnesses(directory, result, WITNESSES_READ, anonymiser));
  const counted = result.cases.reduce((sum, one) => sum + one.witnesses.length + one.witnessesOmitted, 0);
  return reportPage({
    ...{ result, witnesses, timeline },
    witnessesOmitted: Math.max(0, counted - witnesses.length),
    messages: witnessedMessages(directory, drawnWitnesses(result, witnesses), anonymiser),
  });
}
