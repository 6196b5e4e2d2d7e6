import { html, type Content, type Markup } from './markup.js';

/** A cell that holds a figure: how it is shown, what it is exactly, and where `result.json` has it. */
export interface Figure {
  shown: string;
  value: number | string | null;
  /** `cases.0.phases.1.firstAttempt.duplicateLeases`; empty for one that is computed for the page alone. */
  path: string;
  /** Marks what must not be. */
  bad?: boolean;
}

export type Cell = Content | Figure;

export interface Column {
  head: string;
  /** What the figure means, for whoever points at it. */
  title?: string;
  /** Figures stand on the right; text by default. */
  figures?: boolean;
  /** Text that may be long, and is broken into lines. */
  wraps?: boolean;
}

export interface TableOptions {
  /** What the table is of, for those who hear it. */
  label: string;
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  /** True by default; false where rows stand together. */
  sortable?: boolean;
}

/** A table that scrolls by itself where the page is narrow; `page.js` makes it sort by a column. */
export function table({ label, columns, rows, sortable = true }: TableOptions): Markup {
  const heads = columns.map(
    (column) =>
      html`<th scope="col" class="${kindOf(column)}" title="${column.title ?? ''}">${column.head}</th>`,
  );
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
    <table class="${sortable ? 'sortable' : 'grouped'}">
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, i) => tableCell(cell, columns[i]))}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function kindOf(column: Column | undefined): string {
  if (column?.figures === true) return 'figures';
  return column?.wraps === true ? 'text wraps' : 'text';
}

function tableCell(cell: Cell, column: Column | undefined): Markup {
  const kind = kindOf(column);
  const head = column?.head ?? '';
  if (!isFigure(cell)) return html`<td class="${kind}" data-head="${head}">${cell}</td>`;
  return html`<td class="${kind}${cell.bad === true ? ' bad' : ''}" data-head="${head}" ${figureAttributes(cell)}>
    ${cell.shown}
  </td>`;
}

/** A figure within text; tests and scripts find it by its path. */
export function figure(figure: Figure): Markup {
  return html`<span class="figure${figure.bad === true ? ' bad' : ''}" ${figureAttributes(figure)}
    >${figure.shown}</span
  >`;
}

function figureAttributes({ value, path }: Figure): Markup {
  const value_ = html`data-value="${value ?? ''}"`;
  return path === '' ? value_ : html`${value_} data-figure="${path}"`;
}

function isFigure(cell: Cell): cell is Figure {
  return typeof cell === 'object' && cell !== null && 'shown' in cell;
}
