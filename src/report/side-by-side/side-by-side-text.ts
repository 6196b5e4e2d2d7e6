import type { Style } from '../../terminal/style.js';
import { asShown } from './runs-as-rows.js';
import type { SideBySide, SideBySideRow } from './side-by-side.js';
import { sideBySideColumns } from './side-by-side-columns.js';

/** Blanks between columns. */
const GAP = 2;
const LONGEST_LABEL = 38;

/**
 * The table as text: a line for each figure, below the name of its case, and a column for each run. Runs that do not
 * fit beside each other follow in a further block with the same figures.
 *
 * @param columns the width of the terminal
 */
export function sideBySideLines(stored: SideBySide, columns: number, style: Style): string[] {
  const table = asShown(stored);
  const { suite, rows } = table;
  const { heads: runs, cells: cellsOf } = sideBySideColumns(table);
  const severalPhases = new Set(
    rows.filter((row) => rows.some((other) => isSame(row, other) && other.phase !== row.phase)),
  );
  const labels = rows.map((row) => {
    const label = `${row.case === '' ? '' : '  '}${row.figure}${severalPhases.has(row) ? ` ${row.phase}` : ''}`;
    return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;
  });
  const labelWidth = Math.max(
    suite.length,
    ...rows.map((row) => row.case.length),
    ...labels.map(({ length }) => length),
  );
  const cells = rows.map(cellsOf);
  const widths = runs.map((name, run) => Math.max(name.length, ...cells.map((row) => row[run]?.length ?? 0)));
  return blocksOf(widths, columns - labelWidth).flatMap((block, number) => {
    const line = (label: string, texts: readonly string[]) =>
      [label.padEnd(labelWidth), ...block.map((run) => (texts[run] ?? '').padStart((widths[run] ?? 0) + GAP))]
        .join('')
        .trimEnd();
    return [
      ...(number === 0 ? [] : ['']),
      style.bold(line(suite, runs)),
      ...rows.flatMap((row, index) => [
        ...(row.case !== '' && row.case !== rows[index - 1]?.case ? [style.bold(row.case)] : []),
        line(labels[index] ?? '', cells[index] ?? []),
      ]),
    ];
  });
}

function isSame(row: SideBySideRow, other: SideBySideRow): boolean {
  return row.case === other.case && row.figure === other.figure;
}

/** The numbers of the runs in each block. A block holds as many runs as fit, and at least one. */
function blocksOf(widths: readonly number[], room: number): number[][] {
  const blocks: number[][] = [];
  let left = 0;
  widths.forEach((width, run) => {
    const last = blocks.at(-1);
    if (last === undefined || left < width + GAP) {
      blocks.push([run]);
      left = room;
    } else last.push(run);
    left -= width + GAP;
  });
  return blocks;
}
