import { cellText } from '../words/cell-text.js';
import type { SideBySide, SideBySideRow } from './side-by-side.js';

/** The columns of a table of runs side by side: their headings, and the cells of a row. */
export interface SideBySideColumns {
  heads: string[];
  cells: (row: SideBySideRow) => string[];
}

/** The columns of a table. Repetitions of one run get median and spread before the runs themselves. */
export function sideBySideColumns({ columns, rows }: SideBySide): SideBySideColumns {
  const runs = (row: SideBySideRow) => row.values.map((value) => cellText(value, row.unit));
  const spreads = rows.flatMap(({ spread }) => spread ?? []);
  if (spreads.length === 0) return { heads: [...columns], cells: runs };
  const hasQuartiles = spreads.some(({ quartiles }) => quartiles !== null);
  return {
    heads: ['median', 'min–max', ...(hasQuartiles ? ['quartiles'] : []), ...columns],
    cells: (row) => {
      const { spread, unit } = row;
      const span = (from: number, to: number) =>
        from === to ? '=' : `${cellText(from, unit).replace(/[^\d.]+$/, '')}–${cellText(to, unit)}`;
      const quartiles = spread?.quartiles ? span(...spread.quartiles) : '';
      const own = spread ? [cellText(spread.median, unit), span(spread.min, spread.max)] : ['', ''];
      return [...own, ...(hasQuartiles ? [quartiles] : []), ...runs(row)];
    },
  };
}
