import { html, type Content, type Markup } from '../markup.js';
import { BOTTOM, edgesOf, HEIGHT, timeFrame, TOP, valueGrid } from './plot.js';
import { chart, extent, linear, logarithmic, rounded, type Scale } from './svg.js';
import { eventLegend, type TimeAxis } from './time-axis.js';

export interface Line {
  name: string;
  /** One value for each bucket; null for a bucket without a value. */
  values: readonly (number | null)[];
  /** The kind of line. The kinds are distinct without colour too. */
  look: 'dashed' | 'solid' | 'dotted' | 'alarming';
  /** The number of its colour, where lines of several things are laid over each other; by default the look has one. */
  colour?: number;
  /** Whether each value is a dot of its own, as a line would say more than a few samples can. */
  asDots?: boolean;
}

export interface LineChartOptions {
  label: string;
  lines: readonly Line[];
  axis: TimeAxis;
  /** The length of a bucket, milliseconds. */
  bucketMs: number;
  /** When the first bucket begins: milliseconds of the run's clock, 0 by default. */
  firstAtMs?: number;
  /**
   * Whether the value axis has powers of ten. Only values above 0 are shown then. By default the axis is linear and
   * begins at 0.
   */
  logarithmic?: boolean;
  /** The tip for a bucket, which begins and ends at these milliseconds since second 0 of the axis. */
  titleOf: (bucket: number, fromMs: number, untilMs: number) => string;
}

/** The colours of lines that are laid over each other. */
const COLOURS = 7;

/**
 * A chart of values over time, in steps as wide as a bucket. What was before second 0 of the axis is
 * not shown.
 */
export function lineChart(options: LineChartOptions): Markup {
  const { label, axis, bucketMs, firstAtMs = 0, titleOf } = options;
  const buckets = Math.max(1, ...options.lines.map(({ values }) => values.length));
  const frame = timeFrame({ axis, edgesMs: edgesOf(buckets, bucketMs).map((ms) => ms + firstAtMs) });
  const isShown = new Set(frame.shown);
  const lines = options.lines.map((line) => ({
    ...line,
    values: line.values.map((value, bucket) => (isShown.has(bucket) ? value : null)),
  }));
  const y = valueAxis({ ...options, lines });
  const content = [
    frame.behind,
    valueGrid(y.ticks.map((value) => ({ value, y: y.at(value) }))),
    lines.map((line) =>
      line.asDots === true
        ? dots(line, frame.x, y.at)
        : html`<path class="${lookOf(line)}" d="${steps(line.values, frame.x, y.at)}" />`,
    ),
    frame.before,
    frame.strips(titleOf),
  ];
  const said = lines.map(({ name, values }) => extent(name, values));
  return chart({ height: HEIGHT, label, values: said, content });
}

function valueAxis({ lines, logarithmic: isLogarithmic = false }: LineChartOptions): Scale {
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null));
  if (!isLogarithmic) return linear(Math.max(1, ...values), BOTTOM, TOP);
  const above0 = values.filter((value) => value > 0);
  return above0.length === 0
    ? logarithmic(1, 10, BOTTOM, TOP)
    : logarithmic(Math.min(...above0), Math.max(...above0), BOTTOM, TOP);
}

function steps(
  values: readonly (number | null)[],
  x: (bucket: number) => number,
  y: (value: number) => number,
): string {
  return values
    .map((value, bucket) => {
      if (value === null) return '';
      const begins = (values[bucket - 1] ?? null) === null;
      return `${begins ? `M${x(bucket)} ` : 'V'}${y(value)}H${x(bucket + 1)}`;
    })
    .join('');
}

/** A dot in the middle of each bucket that has a value; hollow for a line that is not solid. */
function dots(line: Line, x: (bucket: number) => number, y: (value: number) => number): Content {
  return line.values.map((value, bucket) =>
    value === null
      ? null
      : html`<circle class="${lookOf(line)}" cx="${rounded((x(bucket) + x(bucket + 1)) / 2)}" cy="${y(value)}" r="2.6" />`,
  );
}

function lookOf({ look, colour }: Pick<Line, 'look' | 'colour'>): string {
  return `line ${look}${colour === undefined ? '' : ` c${colour % COLOURS}`}`;
}

/** The legend of the lines, and of what happened. */
export function lineLegend(
  lines: readonly Pick<Line, 'name' | 'look' | 'colour' | 'asDots'>[],
  axis: TimeAxis,
): Markup {
  return html`${lines.map((line) =>
    line.asDots === true
      ? html`<span class="key"
          ><svg viewBox="0 0 14 14" aria-hidden="true"><circle class="${lookOf(line)}" cx="7" cy="7" r="3" /></svg
          >${line.name}</span
        >`
      : html`<span class="key"
          ><svg viewBox="0 0 28 10" class="long" aria-hidden="true">
            <path class="${lookOf(line)}" d="M0 5H28" /></svg
          >${line.name}</span
        >`,
  )}${eventLegend(axis)}`;
}
