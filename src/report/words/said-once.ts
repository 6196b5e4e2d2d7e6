import { foundWhileShort, shortageText } from '../../judgement/machine/shortage-text.js';
import type { Check } from '../../results/check.js';

/**
 * Takes out of several rows what was short in all of them, so that a page says it once. Rows of earlier versions, which
 * only have it in words, are left as they are.
 *
 * @returns the shorter rows, and what was taken out of them
 */
export function saidOnce<Row extends Pick<Check, 'actual' | 'short'>>(
  rows: readonly Row[],
): { rows: Row[]; said: string[] } {
  const found = rows.flatMap(({ short }) => short?.of ?? []);
  const isRepeated = (text: string) =>
    rows.filter(({ short }) => short?.of.some((one) => one.found === text)).length > 1;
  const repeated = new Map(found.filter((one) => isRepeated(one.found)).map((one) => [one.found, one]));
  return {
    rows: rows.map((row) => {
      const { short, ...rest } = row;
      const own = short?.of.filter((one) => !repeated.has(one.found)) ?? [];
      if (short === undefined || own.length === short.of.length) return row;
      return { ...(rest as Row), ...foundWhileShort(short.found, own) };
    }),
    said: [...repeated.values()].map((one) => shortageText([one])),
  };
}
