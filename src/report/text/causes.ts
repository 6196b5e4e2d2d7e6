import type { Result } from '../../results/result.js';
import { explainedText, toldCauses } from '../words/causes.js';
import { wrap } from '../words/wrap.js';

/** The known causes, and beside each the figures that it explains. */
export function causeLines(result: Result, columns: number): string[] {
  return toldCauses(result).flatMap(({ id, title, explains }) => [
    ...wrap(`${title} (${id})`, columns, 2, '- '),
    ...explains.flatMap((one) => wrap(`${explainedText(one)}: ${one.text}`, columns, 4, '  · ')),
  ]);
}
