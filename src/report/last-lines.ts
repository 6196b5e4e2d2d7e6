import { allPrintable } from '../terminal/printable.js';
import { PLAIN, type Style } from '../terminal/style.js';
import { outcomeWord, painted, verdictLine, verdictSentence } from './headline.js';
import { nextStep } from './next-step.js';
import type { Result } from './result.js';
import { wrap } from './wrap.js';

export interface Place {
  /** Empty for what others recorded. */
  runDirectory: string;
  /** The page, where there is one. */
  page?: string | undefined;
}

export interface LastLinesOptions extends Place {
  /** Width of the terminal; 80 by default. */
  columns?: number;
  /** Plain by default. */
  style?: Style;
  /** What the reader must know beside the verdict; nothing by default. */
  beside?: readonly string[];
}

/** What a reader must not miss: the verdict and why, what to do next, and the path of the page. */
export function lastLines(told: Result, options: LastLinesOptions): string[] {
  const result = allPrintable(told);
  const { runDirectory, page = runDirectory, columns = 80, style = PLAIN, beside = [] } = options;
  const word = outcomeWord(result);
  const [first = '', ...rest] = wrap(`${word}  ${verdictSentence(result)}`, columns);
  return [
    painted(result, style) + first.slice(word.length),
    ...rest,
    ...beside.flatMap((text) => wrap(text, columns)),
    ...wrap(nextStep(result), columns),
    ...(page === '' ? [] : [page]),
  ];
}

/** All that `--quiet` prints. */
export function quietLines(result: Result, runDirectory: string, style: Style): string[] {
  return [verdictLine(allPrintable(result), style), ...(runDirectory === '' ? [] : [runDirectory])];
}
