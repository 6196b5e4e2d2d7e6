import { cellText } from '../words/cell-text.js';
import { seconds } from '../words/seconds.js';
import type { SideBySide, SideBySideRow } from './side-by-side.js';

/** The table as it is shown: as it is, or with a row for each run and a column for each figure. */
export function asShown(table: SideBySide): SideBySide {
  if (table.runsAreRows !== true) return table;
  const figures = [...new Set(table.rows.map(({ figure }) => figure))];
  return {
    suite: table.suite,
    columns: figures,
    rows: table.columns.map((run, column) => ({
      case: '',
      phase: '',
      figure: run,
      unit: 'text',
      values: figures.map((figure) =>
        overCases(
          table.rows.filter((row) => row.figure === figure),
          column,
        ),
      ),
    })),
  };
}

/** One cell for all cases of a run: the sum of counts, the largest of other numbers, each different text. */
function overCases(rows: readonly SideBySideRow[], column: number): string {
  const [first] = rows;
  const values = rows.map(({ values: all }) => all[column] ?? null).filter((value) => value !== null);
  const numbers = values.filter((value) => typeof value === 'number');
  if (first === undefined || values.length === 0) return cellText(null, 'text');
  if (numbers.length < values.length) return [...new Set(values)].join(', ');
  const largest = Math.max(...numbers);
  if (first.unit === 'ms' && largest >= 1_000) return seconds(largest);
  const sum = numbers.reduce((total, one) => total + one, 0);
  return cellText(first.unit === 'count' ? sum : largest, first.unit);
}
