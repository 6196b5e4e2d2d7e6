import type { FigureUnit } from '../../results/registry/figure.js';
import type { Cell } from '../../report/html/table.js';
import { HISTORY_LINES } from '../lines.js';
import { historyValue, type TrendFigures } from '../trend-schema.js';
import { HISTORY_TEXT } from './parts.js';

/** The few figures that say how a run went, in a table with a row for each run or series. */
export const OVERVIEW_LINES = HISTORY_LINES.flatMap(({ overview, ...line }) =>
  overview === undefined ? [] : [{ ...line, overview }],
);

/** The cell of one of these figures, over all cases of a run. In a red run a violation is marked. */
export function overviewCell(
  figures: readonly TrendFigures[],
  { key, unit, isViolation }: (typeof OVERVIEW_LINES)[number],
  isRed: boolean,
): Cell {
  const value = ofAllCases(figures, key, unit);
  const bad = isViolation && isRed && (value ?? 0) > 0;
  return { shown: HISTORY_TEXT[unit](value), value, path: '', ...(isViolation ? { bad } : {}) };
}

/** Counts of all cases are added up. Of other figures the highest counts. */
function ofAllCases(figures: readonly TrendFigures[], key: string, unit: FigureUnit): number | null {
  const values = figures.map((one) => historyValue(one, key)).filter((value) => value !== null);
  if (values.length === 0) return null;
  return unit === 'count' ? values.reduce((all, one) => all + one, 0) : Math.max(...values);
}
