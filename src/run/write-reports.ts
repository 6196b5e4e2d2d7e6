import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '../observations/journal.js';
import type { Anonymiser } from '../report/anonymise/anonymiser.js';
import { WITNESSES_ON_PAGE } from '../report/html/sections/witnesses.js';
import { reportPage } from '../report/html/page.js';
import { junitReport, type InconclusiveAs } from '../report/junit.js';
import { leasesCsv } from '../report/leases-csv.js';
import { markdownReport } from '../report/markdown.js';
import type { Result } from '../report/result.js';
import type { ReportFormat } from '../scenario/schema/reports.js';
import { cannotWrite, shownPath } from './report-directory.js';
import { STORED } from './stored-files.js';
import { storedWitnesses } from './stored-witnesses.js';

export const REPORT_FILES: Record<ReportFormat, string> = {
  html: 'report.html',
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
  /** A directory that is there; the run directory itself by default. */
  to?: string;
  /** What has made the result what it is, for whatever else is read from the run directory. */
  anonymiser?: Anonymiser | undefined;
}

/**
 * Writes a run's reports, all from its run directory; what is there already is replaced once the new one is whole.
 * Errors: STORAGE where one can't be written; SOURCE where the run directory is damaged.
 *
 * @returns the paths of the files
 */
export function writeReports({ directory, to = directory, formats, ...request }: ReportsRequest): string[] {
  return [...new Set(formats)].map((format) => {
    const path = join(to, REPORT_FILES[format]);
    const page = request.anonymiser === undefined ? pageIn(to, formats) : besideIt(formats);
    replaceFile(path, content(format, { ...request, directory, page }));
    return path;
  });
}

function content(
  format: ReportFormat,
  request: Pick<ReportsRequest, 'directory' | 'result' | 'inconclusive' | 'anonymiser'> & {
    page: string | undefined;
  },
): Iterable<string> {
  const { directory, result, inconclusive, page, anonymiser } = request;
  switch (format) {
    case 'html':
      return [pageOf(directory, result, anonymiser)];
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

/** Where the page is, or will be once all formats are written. */
function pageIn(to: string, formats: readonly ReportFormat[]): string | undefined {
  const path = join(to, REPORT_FILES.html);
  return formats.includes('html') || existsSync(path) ? shownPath(path) : undefined;
}

/** The path that a directory has says something of whose it is. */
function besideIt(formats: readonly ReportFormat[]): string | undefined {
  return formats.includes('html') ? REPORT_FILES.html : undefined;
}

function pageOf(directory: string, result: Result, anonymiser: Anonymiser | undefined): string {
  const witnesses = storedWitnesses(directory, result, WITNESSES_ON_PAGE, anonymiser);
  const counted = result.cases.reduce((sum, one) => sum + one.witnesses.length + one.witnessesOmitted, 0);
  return reportPage({ result, witnesses, witnessesOmitted: Math.max(0, counted - witnesses.length) });
}

/** Errors: STORAGE; what was there before is then still there. */
export function replaceFile(path: string, pieces: Iterable<string>): void {
  const unfinished = `${path}.${process.pid}`;
  const writing = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw cannotWrite(path, error);
    }
  };
  const file = writing(() => openSync(unfinished, 'w'));
  try {
    for (const piece of pieces) writing(() => writeWhole(file, piece));
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  writing(() => renameSync(unfinished, path));
}

/** A full disk takes a part of it. */
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
