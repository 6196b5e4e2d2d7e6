import type { SideBySideRow } from '../../report/side-by-side/side-by-side.js';
import { cellText } from '../../report/words/cell-text.js';

/** Which columns of a table with a row for each run fit beside each other. The others are folded below it. */

/** The room of a table on a page that is 1280 pixels wide, and what its parts take. */
const ROOM_PX = 1120;
const CHARACTER_PX = 8.2;
const PADDING_PX = 20;
const SORT_SIGN_PX = 14;
const LEAST_FIGURE_PX = 50;
const WRAPPED_PX = 176;

/** Text that is longer is broken into lines. */
const LONG_TEXT = 18;

export function isLong({ unit, values }: SideBySideRow): boolean {
  return unit === 'text' && longest(values.map((value) => cellText(value, unit))) > LONG_TEXT;
}

/** About how wide a column is. The head of a figure is broken between its words. */
export function widthPx(row: SideBySideRow): number {
  const { figure, unit, values } = row;
  if (isLong(row)) return WRAPPED_PX + PADDING_PX;
  const words = unit === 'text' ? [figure] : figure.split(' ');
  const characters = longest([...words, ...values.map((value) => cellText(value, unit))]);
  return Math.max(LEAST_FIGURE_PX, characters * CHARACTER_PX) + PADDING_PX + SORT_SIGN_PX;
}

/** The columns in their order, in parts that each fit beside the head of the rows. */
export function fittingParts(rows: readonly SideBySideRow[], headPx: number): SideBySideRow[][] {
  const parts: SideBySideRow[][] = [];
  let left = 0;
  for (const row of rows) {
    const px = widthPx(row);
    const last = parts.at(-1);
    if (last === undefined || px > left) {
      parts.push([row]);
      left = ROOM_PX - headPx;
    } else last.push(row);
    left -= px;
  }
  return parts;
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}
