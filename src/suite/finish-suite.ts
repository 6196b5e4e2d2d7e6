import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { InconclusiveAs } from '../report/junit/junit.js';
import { sideBySideLines } from '../report/side-by-side/side-by-side-text.js';
import { answerSentences } from './answer.js';
import { busySentence } from './busy.js';
import { suiteNext } from './next-step.js';
import { verdictLines } from './headline.js';
import { suiteLines } from './lines.js';
import { suiteMarkdown } from './markdown.js';
import { wrap } from '../report/words/wrap.js';
import type { ReportFormat } from '../scenario/report-names.js';
import { styleFor } from '../terminal/colour.js';
import { printable } from '../terminal/printable.js';
import type { Progress } from '../terminal/progress.js';
import type { Style } from '../terminal/style.js';
import { markLatest, shownPath } from '../store/report-directory.js';
import { summarize } from '../store/step-summary.js';
import { SUITE } from '../store/stored-suite.js';
import type { Suite } from '../report/suite-result.js';
import { membersOf, writeSuiteReports } from './suite-reports.js';
import { replaceFile } from '../store/replace-file.js';
import { REPORT_FILES } from '../store/write-reports.js';

export interface ConcludeSuiteRequest {
  suite: Suite;
  directory: string;
  formats: readonly ReportFormat[];
  inconclusive: InconclusiveAs;
  progress: Progress;
  /** Prints only the verdict, after the lines of `first`. */
  quiet: boolean;
  /** The lines to print before all others, for a width of the terminal; none by default. */
  first?: ((columns: number, style: Style) => readonly string[]) | undefined;
}

/** Writes `suite.json` and the suite's reports beside its runs, and prints the suite's outcome. Errors: STORAGE. */
export function concludeSuite({
  suite,
  directory,
  formats,
  inconclusive,
  progress,
  quiet,
  first: firstOf = () => [],
}: ConcludeSuiteRequest): void {
  storeSuite(directory, suite);
  const members = membersOf(directory, suite);
  writeSuiteReports({ directory, suite, members, formats, inconclusive });
  summarize(
    (limitBytes) => suiteMarkdown(suite, members, limitBytes),
    (text) => progress.say(text),
  );
  markLatest(directory);
  const style = styleFor(process.stdout);
  // The width is 0 where the terminal does not know it.
  const columns = process.stdout.columns || 80;
  const first = firstOf(columns, style);
  const shown = suite.tables.flatMap((table) => [...sideBySideLines(table, columns, style), '']);
  const page = join(directory, REPORT_FILES.html);
  const place = printable(shownPath(existsSync(page) ? page : directory));
  const busy = busySentence(members);
  // Most readers look at the last lines only.
  const answers = answerSentences(suite).flatMap((sentence) => wrap(sentence, columns));
  const last = [
    ...suiteLines(suite),
    '',
    ...answers,
    ...(answers.length === 0 ? [] : ['']),
    ...verdictLines(suite, columns, style),
    ...(busy === undefined ? [] : wrap(busy, columns).map(style.yellow)),
    ...wrap(suiteNext(suite, members).replaceAll('`', ''), columns),
    place,
  ];
  const lines = quiet
    ? [...first, ...answers, verdictLines(suite, Infinity, style).join('')]
    : ['', ...first, ...(first.length === 0 ? [] : ['']), ...shown, ...last];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Errors: STORAGE. */
export function storeSuite(directory: string, suite: Suite): void {
  replaceFile(join(directory, SUITE), [JSON.stringify(suite, null, 2) + '\n']);
}
