import { html, type Markup } from '../markup.js';
import { count } from '../numbers.js';
import { chart, CHART_WIDTH, linear, logarithmic, rounded, type Scale } from './svg.js';

export interface Line {
  name: string;
  /** One value for each bucket; null for a bucket without a value. */
  values: readonly (number | null)[];
  /** The kind of line. The kinds are distinct without colour too. */
  look: 'dashed' | 'solid' | 'dotted';
}

export interface LineChartOptions {
  label: string;
  lines: readonly Line[];
  bucketSeconds: number;
  /**
   * Whether the value axis has powers of ten. Only values above 0 are shown then. By default the axis is linear and
   * begins at 0.
   */
  logarithmic?: boolean;
  /** The tip for a bucket. */
  titleOf: (bucket: number) => string;
}

const LEFT = 34;
const RIGHT = CHART_WIDTH - 6;
const TOP = 6;
const BOTTOM = 146;

/** A chart of values over time, in steps as wide as a bucket. The axis below has seconds since the run's start. */
export function lineChart(options: LineChartOptions): Markup {
  const { label, lines, bucketSeconds, titleOf } = options;
  const buckets = Math.max(1, ...lines.map(({ values }) => values.length));
  const y = valueAxis(options);
  const x = (bucket: number) => rounded(LEFT + ((RIGHT - LEFT) * bucket) / buckets);
  const content = [
    y.ticks.map(
      (tick) =>
        html`<path class="grid" d="M${LEFT} ${y.at(tick)}H${RIGHT}" /><text
            class="tick end"
            x="${LEFT - 5}"
            y="${y.at(tick) + 4}"
            >${tick < 1 ? tick : count(tick)}</text
          >`,
    ),
    timeTicks(buckets, bucketSeconds, x),
    lines.map(({ values, look }) => html`<path class="line ${look}" d="${steps(values, x, y.at)}" />`),
    Array.from({ length: buckets }, (_, bucket) => {
      const width = rounded(x(bucket + 1) - x(bucket));
      return html`<rect class="hit mark" x="${x(bucket)}" y="${TOP}" width="${width}" height="${BOTTOM - TOP}"
        ><title>${titleOf(bucket)}</title></rect
      >`;
    }),
  ];
  return chart({ height: BOTTOM + 32, label, content });
}

function valueAxis({ lines, logarithmic: isLogarithmic = false }: LineChartOptions): Scale {
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null));
  if (!isLogarithmic) return linear(Math.max(1, ...values), BOTTOM, TOP);
  const above0 = values.filter((value) => value > 0);
  return above0.length === 0
    ? logarithmic(1, 10, BOTTOM, TOP)
    : logarithmic(Math.min(...above0), Math.max(...above0), BOTTOM, TOP);
}

function timeTicks(buckets: number, bucketSeconds: number, x: (bucket: number) => number): Markup {
  const seconds = buckets * bucketSeconds;
  const ticks = linear(seconds, 0, 1).ticks.filter((tick) => tick <= seconds);
  return html`${ticks.map(
    (tick) =>
      html`<text class="tick" x="${x(tick / bucketSeconds)}" y="${BOTTOM + 15}">${count(tick)}</text>`,
  )}<text class="tick unit" x="${RIGHT}" y="${BOTTOM + 29}">seconds since the start</text>`;
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

/** The legend of the lines. */
export function lineLegend(lines: readonly Pick<Line, 'name' | 'look'>[]): Markup {
  return html`${lines.map(
    ({ name, look }) =>
      html`<span class="key"
        ><svg viewBox="0 0 28 10" class="long" aria-hidden="true">
          <path class="line ${look}" d="M0 5H28" /></svg
        >${name}</span
      >`,
  )}`;
}
