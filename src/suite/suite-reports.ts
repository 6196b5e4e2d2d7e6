import { join } from 'node:path';
import { suitePage } from './html/suite-page.js';
import type { Comparisons } from '../compare/comparison.js';
import { partialText } from '../compare/outcome-words.js';
import { EXIT, WORST_FIRST, worstExitCode } from '../errors.js';
import type { InconclusiveAs } from '../report/junit/junit.js';
import type { Result } from '../results/result.js';
import type { SuiteMember } from './headline.js';
import { asFound, whyOther } from './members-differ.js';
import { suiteJunit } from './junit.js';
import { suiteMarkdown } from './markdown.js';
import type { Suite } from '../report/suite-result.js';
import type { ReportFormat } from '../scenario/report-names.js';
import { TOOL } from '../tool.js';
import { COMPARISON_PAGE } from '../compare/stored/comparison-page.js';
import { isThere } from '../files/entries.js';
import { storedComparison } from '../compare/stored/stored-comparison.js';
import { storedResult } from '../store/stored-result.js';
import { linkToRun } from '../store/links.js';
import { replaceFile } from '../store/replace-file.js';
import { REPORT_FILES } from '../store/write-reports.js';

/** The report formats of a suite. Leases are listed only in the reports of each run. */
const SUITE_FORMATS = ['html', 'junit', 'markdown'] as const satisfies readonly ReportFormat[];

export interface SuiteReportsRequest {
  /** The suite's directory, which holds the directories of its runs. */
  directory: string;
  suite: Suite;
  members: readonly SuiteMember[];
  formats: readonly ReportFormat[];
  inconclusive: InconclusiveAs;
}

/**
 * Writes a suite's reports beside `suite.json`. An existing report is replaced once the new one is complete.
 * Errors: STORAGE.
 *
 * @returns the paths of the files
 */
export function writeSuiteReports({
  directory,
  formats,
  inconclusive,
  ...told
}: SuiteReportsRequest): string[] {
  const { suite: found, members } = asFound(told.suite, told.members);
  const compared = storedComparison(directory);
  const suite = withCompared(found, compared);
  const comparisonPage = isThere(join(directory, COMPARISON_PAGE)) ? COMPARISON_PAGE : undefined;
  const content = {
    html: () => suitePage(suite, members, `${TOOL.name} ${TOOL.version}`, compared, comparisonPage),
    junit: () => suiteJunit(suite, members, inconclusive, compared),
    markdown: () => suiteMarkdown(suite, members),
  };
  return SUITE_FORMATS.filter((format) => formats.includes(format)).map((format) => {
    const path = join(directory, REPORT_FILES[format]);
    replaceFile(path, [content[format]()]);
    return path;
  });
}

/** Nobody knows how a run of the baseline without a result here would have compared, so such a suite is not good. */
export function withCompared(suite: Suite, compared: Comparisons | undefined): Suite {
  if (compared === undefined) return suite;
  const codes = [compared.exitCode, ...(partialText(compared) === undefined ? [] : [EXIT.inconclusive])];
  const isEnded = !WORST_FIRST.some((code) => code === suite.exitCode);
  return isEnded ? suite : { ...suite, exitCode: worstExitCode([suite.exitCode, ...codes]) };
}

/**
 * The suite's runs with their results.
 * Errors: SOURCE where a run's result is damaged.
 */
export function membersOf(directory: string, suite: Suite): SuiteMember[] {
  return suite.runs.map((run) => {
    const path = join(directory, run.directory);
    const result = run.verdict === null ? undefined : withoutWitnesses(storedResult(path));
    const other = result === undefined ? undefined : whyOther(suite, run, result);
    return { run, result, link: linkToRun(directory, path), other };
  });
}

/** A suite of a hundred runs may have a hundred thousand witnesses. The runs' own pages show them. */
function withoutWitnesses(result: Result): Result {
  return { ...result, cases: result.cases.map((one) => ({ ...one, witnesses: [] })) };
}
