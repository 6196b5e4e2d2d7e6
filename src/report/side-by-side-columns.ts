import { cellText } from './cell-text.js';
import type { SideBySide, SideBySideRow } from './side-by-side.js';

/** A table of runs side by side as text: what heads its columns, and the cells under them. */
export interface SideBySideColumns {
  heads: string[];
  cells: (row: SideBySideRow) => string[];
}

/** Of repetitions their median and spread come before the runs themselves. */
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
