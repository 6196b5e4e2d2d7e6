import type { SideBySide } from '../report/side-by-side/side-by-side.js';

/** The same table, with its numeric columns sorted from the lowest to the highest. */
export function sortedColumns(table: SideBySide): SideBySide {
  const order = table.columns
    .map((_, index) => index)
    .sort((a, b) => Number(table.columns[a]) - Number(table.columns[b]));
  return {
    ...table,
    columns: order.map((index) => table.columns[index] ?? ''),
    rows: table.rows.map((row) => ({ ...row, values: order.map((index) => row.values[index] ?? null) })),
  };
}
