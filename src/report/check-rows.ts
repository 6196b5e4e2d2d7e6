import { CHECK_NAMES, type Verdict } from '../analysis/model.js';
import type { Style } from '../terminal/style.js';
import type { Result } from './result.js';
import { wrap } from './wrap.js';

export type Check = Result['checks'][number];

export const CHECK_HEADINGS = { fail: 'Failed checks', inconclusive: 'Inconclusive checks' } as const;

/** `2 failed, 1 inconclusive`; nothing of what there is none. */
export function brokenCounts({ checks }: Pick<Result, 'checks'>): string {
  const count = (verdict: Verdict) => checks.filter((check) => check.verdict === verdict).length;
  const counts = [
    [count('fail'), 'failed'],
    [count('inconclusive'), 'inconclusive'],
  ] as const;
  return counts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
}

/** As wide as the longest of the marks. */
const MARK_WIDTH = 14;

/** Each with what it expects and what was found, under its mark. */
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

/** Checks of one verdict. */
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

/** A check that the scenario states has patterns in its name, so the case and phase it fell on are said apart. */
export function checkSentences({ name, case: caseName, phase, expected, actual }: Check): string[] {
  const place = [caseName, phase].filter((part) => part !== '').join(' ');
  const found = `expected ${expected}; found ${actual}`;
  if (CHECK_NAMES.some((one) => one === name)) return [`${name} ${place}`.trimEnd(), found];
  return [name, place === '' ? found : `${place}: ${found}`];
}
