import { allPrintable } from '../../terminal/printable.js';
import { PLAIN, type Style } from '../../terminal/style.js';
import { outcomeWord, painted, verdictLine, verdictSentence } from '../words/headline.js';
import { nextStep } from '../words/checks/next-step.js';
import type { Result } from '../../results/result.js';
import { wrap } from '../words/wrap.js';

export interface Place {
  /** Empty if another program recorded the exchanges. */
  runDirectory: string;
  /** The path of the page, if there is one. */
  page?: string | undefined;
}

export interface LastLinesOptions extends Place {
  /** Width of the terminal; 80 by default. */
  columns?: number;
  /** Plain by default. */
  style?: Style;
  /** Texts below the verdict that the reader must see; none by default. */
  beside?: readonly string[];
}

/** The last lines of a report: the verdict and its reason, what to do next, and the path of the page. */
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

/** The whole output of `--quiet`. */
export function quietLines(result: Result, runDirectory: string, style: Style): string[] {
  return [verdictLine(allPrintable(result), style), ...(runDirectory === '' ? [] : [runDirectory])];
}
