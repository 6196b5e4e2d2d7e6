import { breakable, html, Markup, type Content } from './markup.js';

/** A cell that holds a figure: its text, its exact value, and its path in `result.json`. */
export interface Figure {
  shown: string;
  value: number | string | null;
  /**
   * Such as `cases.0.phases.1.firstAttempt.duplicateLeases`. Empty for a figure that is computed for the page alone.
   */
  path: string;
  /** Marks a figure that shows a violation. */
  bad?: boolean;
}

export type Cell = Content | Figure;

export interface Column {
  head: string;
  /** The meaning of the figure, as a tip. */
  title?: string;
  /** Whether the column has figures, which are aligned to the right. By default it has text. */
  figures?: boolean;
  /** Whether the column has long text, which is broken into lines. */
  wraps?: boolean;
}

export interface TableOptions {
  /** A label for readers who hear the table. */
  label: string;
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
  /** True by default; false for rows that belong together. */
  sortable?: boolean;
}

/**
 * A frame that scrolls by itself, so that the page never does. Whoever has no mouse scrolls it with the arrow keys, and
 * for that it takes the focus. It is a group, as the page would have too many landmarks with regions.
 */
export function scrollFrame(label: string, content: Content): Markup {
  return html`<div class="scroll" role="group" aria-label="${label}" tabindex="0">${content}</div>`;
}

/** A table that scrolls by itself on a narrow page. `sort.js` makes its columns sortable. */
export function table({ label, columns, rows, sortable = true }: TableOptions): Markup {
  const heads = columns.map(
    (column) => html`<th scope="col" class="${kindOf(column)}" ${titled(column.title)}>${column.head}</th>`,
  );
  const drawing = html`<table class="${sortable ? 'sortable' : 'grouped'}">
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
    </table>`;
  return scrollFrame(label, new Markup(drawing.toString().replace(AROUND_CELLS, '$1')));
}

function titled(title: string | undefined): Markup | null {
  return title === undefined ? null : html`title="${title}"`;
}

/** Space around rows and cells, which means nothing. In a table with a thousand rows it is half of the bytes. */
const AROUND_CELLS = /\s*(<\/?(?:thead|tbody|tr|th|td)\b[^<>]*>)\s*/g;

/** The most characters of a text that is not broken into lines. It leaves the room to the longer ones beside it. */
const ON_ONE_LINE = 20;

function kindOf(column: Column | undefined): string {
  if (column?.figures === true) return 'figures';
  return column?.wraps === true ? 'text wraps' : 'text';
}

function tableCell(cell: Cell, column: Column | undefined): Markup {
  const isShort = column?.wraps === true && typeof cell === 'string' && cell.length <= ON_ONE_LINE;
  const kind = `${kindOf(column)}${isShort ? ' short' : ''}`;
  const head = column?.head ?? '';
  if (!isFigure(cell))
    return html`<td class="${kind}" data-head="${head}">${typeof cell === 'string' ? breakable(cell) : cell}</td>`;
  return html`<td class="${kind}${cell.bad === true ? ' bad' : ''}" data-head="${head}" ${figureAttributes(cell)}>
    ${cell.shown}
  </td>`;
}

/** A figure within text. Tests and scripts find it by its path. */
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
