import { CHECK_NAMES } from '../../results/check-names.js';
import type { Result } from '../../results/result.js';
import type { Style } from '../../terminal/style.js';
import { wrap } from '../words/wrap.js';

export type Check = Result['checks'][number];

export const CHECK_HEADINGS = { fail: 'Failed checks', inconclusive: 'Inconclusive checks' } as const;

/** The width of the column of marks. The longest mark is `inconclusive`. */
const MARK_WIDTH = 14;

/** Lines for each check: its mark and name, then what it expected and what was found. */
export function checkRows(
  checks: readonly Check[],
  markOf: (check: Check) => string,
  paint: (text: string) => string,
  columns: number,
): string[] {
  return checks.flatMap((check) => {
    const mark = markOf(check).padEnd(MARK_WIDTH);
    const [title = [], ...details] = checkSentences(check).map((sentence) =>
      wrap(sentence, columns, MARK_WIDTH),
    );
    return [paint(mark) + (title[0]?.slice(MARK_WIDTH) ?? ''), ...title.slice(1), ...details.flat()];
  });
}

/** The lines of the checks of one verdict, in its colour. */
export function brokenChecks(
  { checks }: Result,
  verdict: keyof typeof CHECK_HEADINGS,
  columns: number,
  style: Style,
): string[] {
  const those = checks.filter((check) => check.verdict === verdict);
  const [mark, paint] = verdict === 'fail' ? ['failed', style.red] : ['inconclusive', style.yellow];
  return checkRows(those, () => mark, paint, columns);
}

/**
 * The name of a check, then its finding. The name of a check of the scenario may hold patterns, so the finding names
 * the case and phase.
 */
export function checkSentences({ name, case: caseName, phase, expected, actual }: Check): string[] {
  const place = [caseName, phase].filter((part) => part !== '').join(' ');
  const found = `expected ${expected}; found ${actual}`;
  if (CHECK_NAMES.some((one) => one === name)) return [`${name} ${place}`.trimEnd(), found];
  return [name, place === '' ? found : `${place}: ${found}`];
}
