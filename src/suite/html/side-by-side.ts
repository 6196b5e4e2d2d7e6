import { html, type Content, type Markup } from '../../report/html/markup.js';
import type { Section } from '../../report/html/sections/section.js';
import { table } from '../../report/html/table.js';
import { asShown } from '../../report/side-by-side/runs-as-rows.js';
import { sideBySideColumns } from '../../report/side-by-side/side-by-side-columns.js';
import type { SideBySide, SideBySideRow } from '../../report/side-by-side/side-by-side.js';
import type { Suite } from '../../report/suite-result.js';
import type { Over } from '../curves/model.js';
import { cellText } from '../../report/words/cell-text.js';
import { fittingParts, isLong } from './case-columns.js';

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

/** About the width of the column with the rates, in pixels. */
const HEAD_PX = 110;

/**
 * A row for each run, and a table for each case. Figures of the whole run, such as conflicts of nodes, have the first one.
 * The first figures fit into the page; the others are folded below.
 */
function tablesOfCases({ suite, columns, rows }: SideBySide, head: string): Content {
  const isOffered = ({ values }: SideBySideRow) =>
    values.every((value, column) => String(value) === columns[column]);
  const shown = rows.filter((row) => !isOffered(row));
  const names = [...new Set(shown.map((row) => row.case))];
  const conflicts = shown.find(({ values }) => values.some(isConflicts));
  const drawn = names.map((name) => {
    const label = `The runs of ${suite} side by side${name === '' ? '' : `, ${name}`}`;
    const own = shown.filter((row) => row.case === name);
    const [main = [], ...others] = fittingParts(own, HEAD_PX);
    const folded = others.flat().map(({ figure }) => figure);
    return html`${name === '' ? null : html`<h3>${name}</h3>`}${tableOf(label, head, columns, main)}${
      folded.length === 0
        ? null
        : html`<details>
            <summary>${folded.length} more figures: ${folded.join(', ')}</summary>
            ${others.map((part) => tableOf(`${label}, more figures`, head, columns, part))}
          </details>`
    }`;
  });
  return html`${drawn}${conflicts === undefined ? null : conflictsKey(conflicts.figure)}`;
}

function tableOf(
  label: string,
  head: string,
  columns: readonly string[],
  figures: readonly SideBySideRow[],
): Markup {
  return table({
    label,
    columns: [
      { head, figures: true },
      ...figures.map((row) => ({
        head: row.figure,
        title: row.phase,
        figures: row.unit !== 'text',
        wraps: isLong(row),
      })),
    ],
    rows: columns.map((run, column) => [
      run,
      ...figures.map(({ values, unit }) => cellText(values[column] ?? null, unit)),
    ]),
  });
}

/** Such as `12+3 9+1 20+4`. */
function isConflicts(value: number | string | null): boolean {
  return typeof value === 'string' && /^\d+\+\d+( \d+\+\d+)*$/.test(value);
}

function conflictsKey(figure: string): Markup {
  return html`<p class="note">
    ${figure}: a pair for each node. 3+2 are 3 transactions that failed certification, and 2 that replication
    aborted for another one.
  </p>`;
}
