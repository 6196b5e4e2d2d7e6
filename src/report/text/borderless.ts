import Table from 'cli-table3';
import type { Style } from '../../terminal/style.js';

/** Characters for cli-table3: columns with a blank between them, and no borders. */
export const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};

/** The greatest number of rows that cli-table3 lays out at once: its time grows with the square of the rows. */
const ROWS_AT_ONCE = 200;

/** The table as text, without blanks at the ends of lines. A long table is laid out in parts. */
export function trimmed(table: Table.Table): string {
  return inParts(table)
    .flatMap((part) => part.toString().split('\n'))
    .map((line) => line.trimEnd())
    .join('\n');
}

/**
 * Splits a long table into tables whose texts, one below the other, look like the whole. Each column gets the width
 * of its widest part.
 */
function inParts(table: Table.Table): readonly Table.Table[] {
  if (table.length <= ROWS_AT_ONCE) return [table];
  const starts = Array.from({ length: Math.ceil(table.length / ROWS_AT_ONCE) }, (_, i) => i * ROWS_AT_ONCE);
  const rowsFrom = (start: number) => table.slice(start, start + ROWS_AT_ONCE);
  const { options } = table as Table.Table & { options: Table.TableInstanceOptions };
  const { head, chars, style, colAligns } = options;
  const widths: number[] = [];
  for (const start of starts) {
    const measured = new Table({ head, chars, style: { ...style }, colAligns });
    measured.push(...rowsFrom(start));
    measured.toString();
    const found = (measured as typeof measured & { options: Table.TableInstanceOptions }).options.colWidths;
    for (const [column, width] of found.entries()) widths[column] = Math.max(widths[column] ?? 0, width ?? 0);
  }
  return starts.map((start, i) => {
    const isFirst = i === 0;
    const isLast = i === starts.length - 1;
    const part = new Table({
      ...(isFirst ? { head } : {}),
      chars: { ...chars, ...(isFirst ? {} : WITHOUT_TOP), ...(isLast ? {} : WITHOUT_BOTTOM) },
      style: { ...style },
      colAligns,
      colWidths: [...widths],
    });
    part.push(...rowsFrom(start));
    return part;
  });
}

const WITHOUT_TOP = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '' };
const WITHOUT_BOTTOM = { bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' };

/** An empty table without borders. */
export function borderless(head: readonly string[], style: Style): Table.Table {
  return new Table({
    head: head.map(style.bold),
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
}
