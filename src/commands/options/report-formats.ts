import { HarnessError } from '../../errors.js';
import { nearest } from '../../scenario/language/nearest.js';
import { REPORT_FORMATS, type ReportFormat } from '../../scenario/report-names.js';

const NONE = 'none';

/**
 * Parses `--report html,junit`, for the commands that write reports.
 *
 * @param value the value from yargs: a list if the option was given several times
 * @returns undefined if the option was not given
 * @throws HarnessError USAGE for an unknown format
 */
export function reportFormats(value: string | readonly string[] | undefined): ReportFormat[] | undefined {
  if (value === undefined) return undefined;
  const words = [value].flat().flatMap((one) => one.split(',').map((word) => word.trim()));
  if (words.length === 1 && words[0] === NONE) return [];
  return [...new Set(words.map(formatOf))];
}

function formatOf(word: string): ReportFormat {
  const format = REPORT_FORMATS.find((one) => one === word);
  if (format !== undefined) return format;
  const meant = nearest(word, REPORT_FORMATS);
  throw new HarnessError('USAGE', `--report knows no "${word}"`, {
    hint: `${meant === undefined ? '' : `did you mean ${meant}? `}it takes ${REPORT_FORMATS.join(', ')}, or ${NONE} alone`,
  });
}
