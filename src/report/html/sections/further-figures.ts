import type { Result } from '../../../results/result.js';
import { FURTHER_FIGURES_TITLE, furtherFigures } from '../../text/further-figures.js';
import { phasePath } from '../input.js';
import { table } from '../table.js';
import type { Section } from './section.js';

/** The further figures that are not 0. Absent if there are none. */
export function further(result: Result): Section | undefined {
  const rows = furtherFigures(result);
  if (rows.length === 0) return undefined;
  const columns = [
    ...['case', 'phase'].map((head) => ({ head })),
    { head: 'figure', wraps: true },
    { head: 'value', figures: true },
  ];
  return {
    id: 'further',
    title: FURTHER_FIGURES_TITLE,
    content: table({
      label: FURTHER_FIGURES_TITLE,
      columns,
      rows: rows.map(({ caseIndex, phaseIndex, at, ...one }) => {
        const place = phaseIndex === null ? `cases.${caseIndex}` : phasePath(caseIndex, phaseIndex);
        return [
          one.case,
          one.phase,
          one.label,
          { shown: one.shown, value: one.value, path: `${place}.${at}` },
        ];
      }),
    }),
  };
}
