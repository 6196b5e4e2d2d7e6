import { join } from 'node:path';
import { HarnessError } from '../../errors.js';
import { sourceKind } from '../../observations/import/source-kind.js';
import type { Anonymiser } from '../../report/anonymise/anonymiser.js';
import { reportPage } from '../../report/html/page.js';
import { resultWitnesses } from '../../store/stored-witnesses.js';
import { replaceFile } from '../../store/replace-file.js';
import { makeReportDirectory } from '../../store/report-directory.js';
import { REPORT_FILES } from '../../store/write-reports.js';
import { writeTimelineOf } from '../../store/write-timeline.js';
import { shellWords } from '../../terminal/shell-words.js';
import { ownCommand } from '../../tool.js';
import type { Analyzed } from './analyze.js';

/** Errors: USAGE for a run directory, which has its reports. */
export function requireRecording(sources: readonly string[]): void {
  if (!sources.some((source) => sourceKind(source) === 'run')) return;
  throw new HarnessError('USAGE', '--out is for captures and perfdhcp logs, and this is a run directory', {
    hint: `the reports of a run: \`${ownCommand(`report ${shellWords([...sources])}`)}\``,
  });
}

/**
 * Writes the page of a source that others recorded, and its timeline of exchanges if the source has times.
 * Errors: USAGE where `out` is not empty; STORAGE where it can't be written.
 *
 * @param analyzed its result may be anonymised already, by `anonymiser`
 * @returns the directory, and whether it has a timeline
 */
export function writeRecordingReports(
  { result, recording }: Analyzed,
  out: string,
  anonymiser: Anonymiser | undefined,
): { directory: string; hasTimeline: boolean } {
  const directory = makeReportDirectory('', out, new Date());
  const witnesses = resultWitnesses(result);
  const hasTimeline = recording?.hasTimes === true;
  if (hasTimeline)
    writeTimelineOf({
      ...(anonymiser?.journal(recording) ?? recording),
      ...{ to: directory, result, witnesses, report: REPORT_FILES.html },
    });
  const page = reportPage({
    ...{ result, witnesses, timeline: hasTimeline ? REPORT_FILES.timeline : undefined },
    witnessesOmitted: result.cases.reduce((sum, one) => sum + one.witnessesOmitted, 0),
  });
  replaceFile(join(directory, REPORT_FILES.html), [page]);
  return { directory, hasTimeline };
}
