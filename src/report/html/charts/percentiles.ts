import { html, type Markup } from '../markup.js';
import { milliseconds } from '../../words/numbers.js';
import { chart, CHART_WIDTH, logarithmic, shortened } from './svg.js';

export interface PercentileRow {
  label: string;
  /** What the percentiles leave out, on a line of its own. */
  note?: string;
  p50: number;
  p90: number;
  p99: number;
  /** Absent in results of earlier versions. */
  p999?: number;
  max: number;
}

/** A range of milliseconds, both above 0. */
export interface Range {
  least: number;
  most: number;
}

/** The common range of all rows, for charts that are to be compared. */
export function rangeOf(rows: readonly PercentileRow[]): Range {
  const values = rows.flatMap(({ p50, max }) => [p50, max]).filter((value) => value > 0);
  return values.length === 0
    ? { least: 1, most: 10 }
    : { least: Math.min(...values), most: Math.max(...values) };
}

const LEFT = 12;
const RIGHT = CHART_WIDTH - 24;
const ROW_HEIGHT = 60;
/** A line more, for a note. */
const NOTE_HEIGHT = 14;
const NUMBERS_OFFSET = 28;
const MARK_OFFSET = 44;
const LABEL_CHARACTERS = 46;

/** The shape of each percentile. The legend uses the same shapes. */
const SHAPES = {
  p50: (x: number, y: number) => html`<circle cx="${x}" cy="${y}" r="5" />`,
  p90: (x: number, y: number) => html`<rect x="${x - 4.5}" y="${y - 4.5}" width="9" height="9" />`,
  p99: (x: number, y: number) => html`<path d="M${x} ${y - 6}l6 11h-12z" />`,
  p999: (x: number, y: number) => html`<path d="M${x} ${y - 6}l6 6l-6 6l-6 -6z" />`,
  max: (x: number, y: number) => html`<path class="bar-end" d="M${x} ${y - 7}v14" />`,
} as const;

const NAMES = { p50: 'half', p90: '90%', p99: '99%', p999: '99.9%', max: 'longest' } as const;
const PARTS = ['p50', 'p90', 'p99', 'p999', 'max'] as const;

/**
 * A chart of the latencies within which half, 90%, 99%, 99.9% and all answers arrived, on a logarithmic axis of
 * milliseconds.
 */
export function percentileChart(label: string, rows: readonly PercentileRow[], range: Range): Markup {
  const scale = logarithmic(range.least, range.most, LEFT, RIGHT);
  const tops = rows.map((_, i) => rows.slice(0, i).reduce((sum, row) => sum + heightOf(row), 0));
  const bottom = rows.reduce((sum, row) => sum + heightOf(row), 0) + 4;
  const grid = scale.ticks.map(
    (tick) =>
      html`<path class="grid" d="M${scale.at(tick)} 0V${bottom}" /><text
          class="tick"
          x="${scale.at(tick)}"
          y="${bottom + 13}"
          >${tick < 1 ? tick : milliseconds(tick).replace('.0', '')}</text
        >`,
  );
  const drawn = rows.map((row, i) => percentileRow(row, tops[i] ?? 0, scale.at));
  const unit = html`<text class="tick unit" x="${CHART_WIDTH}" y="${bottom + 27}">milliseconds</text>`;
  return chart({ height: bottom + 30, label, values: rows.map(rowText), content: [grid, drawn, unit] });
}

function heightOf({ note }: PercentileRow): number {
  return note === undefined ? ROW_HEIGHT : ROW_HEIGHT + NOTE_HEIGHT;
}

function knownOf(row: PercentileRow) {
  return PARTS.flatMap((part) => {
    const value = row[part];
    return value === undefined ? [] : [{ part, value }];
  });
}

/** Such as `REQUEST-ACK: half 0.42 ms, 90% 1.2 ms, longest 8.7 ms`. */
function rowText(row: PercentileRow): string {
  return `${row.label}: ${[
    ...knownOf(row).map(({ part, value }) => `${NAMES[part]} ${milliseconds(value)} ms`),
    ...(row.note === undefined ? [] : [row.note]),
  ].join(', ')}`;
}

function percentileRow(row: PercentileRow, top: number, at: (value: number) => number): Markup {
  const note =
    row.note === undefined
      ? null
      : html`<text class="left-out" x="0" y="${top + 14 + NOTE_HEIGHT}">${row.note}</text>`;
  const y = top + heightOf(row) - ROW_HEIGHT;
  const middle = y + MARK_OFFSET;
  const known = knownOf(row);
  const numbers = known.map(({ value }) => milliseconds(value)).join(' / ');
  return html`<g class="mark percentiles"
    ><title>${rowText(row)}</title
    ><rect class="hit" x="0" y="${top}" width="${CHART_WIDTH}" height="${heightOf(row)}" /><text
      class="group"
      x="0"
      y="${top + 14}"
      >${shortened(row.label, LABEL_CHARACTERS)}</text
    >${note}<text class="value end" x="${CHART_WIDTH}" y="${y + NUMBERS_OFFSET}">${numbers}</text
    ><path class="span" d="M${at(row.p50)} ${middle}H${at(row.max)}" />${[...known]
      .reverse()
      .map(({ part, value }) => SHAPES[part](at(value), middle))}</g
  >`;
}

/** The legend of the shapes. */
export function percentileLegend(): Markup {
  const words = { ...NAMES, p50: 'half answered' };
  return html`${PARTS.map(
    (part) =>
      html`<span class="key"
        ><svg class="percentiles" viewBox="-8 -8 16 16" aria-hidden="true">${SHAPES[part](0, 0)}</svg
        >${words[part]}</span
      >`,
  )}`;
}
