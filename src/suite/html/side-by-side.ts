import { html, type Content } from '../../report/html/markup.js';
import type { Section } from '../../report/html/sections/section.js';
import { table } from '../../report/html/table.js';
import { asShown } from '../../report/side-by-side/runs-as-rows.js';
import { sideBySideColumns } from '../../report/side-by-side/side-by-side-columns.js';
import type { SideBySide } from '../../report/side-by-side/side-by-side.js';
import type { Suite } from '../../report/suite-result.js';
import type { Over } from '../curves/model.js';
import { cellText } from '../../report/words/cell-text.js';

/**
 * For each suite file, its runs side by side.
 *
 * @param over what the runs differ in. Runs that differ in a number are rows, as many as there are, in a table for each case
 */
export function sideBySide({ tables }: Suite, over: Over | undefined): Section | undefined {
  if (tables.length === 0) return undefined;
  const isInCases = (one: SideBySide) =>
    (over === 'rate' || over === 'number') && one.runsAreRows !== true && !hasSpread(one);
  return {
    id: 'side-by-side',
    title: 'Side by side',
    content: tables.map((one) =>
      isInCases(one)
        ? tablesOfCases(one, over === 'rate' ? 'rate per server, /s' : one.suite)
        : wholeTable(asShown(one)),
    ),
  };
}

/** Runs that are repetitions of one have columns for median and spread. */
function hasSpread({ rows }: SideBySide): boolean {
  return rows.some(({ spread }) => spread !== undefined && spread !== null);
}

function wholeTable(one: SideBySide): Content {
  const { heads, cells } = sideBySideColumns(one);
  const phases = one.rows.some(({ phase }) => phase !== '') ? [{ head: 'phase' }] : [];
  return table({
    label: `The runs of ${one.suite} side by side`,
    columns: [{ head: one.suite }, ...phases, ...heads.map((head) => ({ head, figures: true }))],
    rows: one.rows.map((row) => [
      row.case === '' ? row.figure : `${row.case}: ${row.figure}`,
      ...phases.map(() => row.phase),
      ...cells(row),
    ]),
    sortable: false,
  });
}

/** A row for each run, and a table for each case. Figures of the whole run, such as conflicts of nodes, have the first one. */
function tablesOfCases({ suite, columns, rows }: SideBySide, head: string): Content {
  return [...new Set(rows.map((row) => row.case))].map((name) => {
    const own = rows.filter((row) => row.case === name);
    const drawing = table({
      label: `The runs of ${suite} side by side${name === '' ? '' : `, ${name}`}`,
      columns: [
        { head, figures: true },
        ...own.map(({ figure, phase, unit }) => ({
          head: figure,
          title: phase,
          figures: unit !== 'text',
          wraps: unit === 'text',
        })),
      ],
      rows: columns.map((run, column) => [
        run,
        ...own.map(({ values, unit }) => cellText(values[column] ?? null, unit)),
      ]),
    });
    return name === '' ? drawing : html`<h3>${name}</h3>${drawing}`;
  });
}
