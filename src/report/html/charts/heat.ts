import { html, type Markup } from '../markup.js';
import { count, milliseconds, plural } from '../../words/numbers.js';
import { BOTTOM, edgesOf, HEIGHT, timeFrame, TOP, valueGrid } from './plot.js';
import { chart, rounded } from './svg.js';
import type { TimeAxis } from './time-axis.js';

export interface HeatChartOptions {
  label: string;
  axis: TimeAxis;
  bucketMs: number;
  /** The upper ends of all bands, rising by the same factor, milliseconds. */
  bandEndsMs: readonly number[];
  /** For each bucket: the first band with a count, and the counts from there on; empty for none. */
  buckets: readonly (readonly number[])[];
  /** The bands to show, from the lowest to the highest; charts that are compared share them. */
  bands: { first: number; last: number };
  /** The count that gets the darkest colour. */
  most: number;
  /** The tip for a bucket, which begins and ends at these milliseconds since second 0 of the axis. */
  titleOf: (bucket: number, fromMs: number, untilMs: number) => string;
}

/** The number of colours. A count in the darkest one is up to `most`, one in the lightest a hundredth of it or less. */
const COLOURS = 5;

/** How many answers took how long, over time: the darker a cell, the more. */
export function heatChart(options: HeatChartOptions): Markup {
  const { label, axis, bucketMs, bandEndsMs, buckets, bands, most, titleOf } = options;
  const frame = timeFrame({ axis, edgesMs: edgesOf(buckets.length, bucketMs) });
  const height = (BOTTOM - TOP) / (bands.last - bands.first + 1);
  const top = (band: number) => rounded(BOTTOM - height * (band - bands.first + 1));
  const cells = Array.from({ length: COLOURS }, (): string[] => []);
  for (const [bucket, [first = 0, ...counts]] of buckets.entries()) {
    const from = frame.x(bucket);
    const width = rounded(frame.x(bucket + 1) - from);
    if (width <= 0) continue;
    for (const { colour, low, high } of stacksOf(counts, most)) {
      const y = top(first + high);
      cells[colour]?.push(`M${from} ${y}h${width}v${rounded(top(first + low - 1) - y)}h-${width}z`);
    }
  }
  const content = [
    cells.map((paths, colour) =>
      paths.length === 0 ? null : html`<path class="heat h${colour}" d="${paths.join('')}" />`,
    ),
    valueGrid(ticksOf(bandEndsMs, bands).map(({ ms, band }) => ({ value: ms, y: top(band) }))),
    frame.behind,
    frame.before,
    frame.strips(titleOf),
  ];
  return chart({ height: HEIGHT, label, values: [longestText(options)], content });
}

/** Neighbouring counts of one colour, from the lowest band to the highest. They are one shape, as pages have thousands. */
interface Stack {
  colour: number;
  low: number;
  high: number;
}

function stacksOf(counts: readonly number[], most: number): Stack[] {
  const stacks: Stack[] = [];
  for (const [index, number] of counts.entries()) {
    if (number === 0) continue;
    const colour = colourOf(number, most);
    const last = stacks.at(-1);
    if (last?.colour === colour && last.high === index - 1) last.high = index;
    else stacks.push({ colour, low: index, high: index });
  }
  return stacks;
}

function longestText({ buckets, bandEndsMs }: HeatChartOptions): string {
  const lasts = buckets.flatMap(([first, ...counts]) =>
    first === undefined ? [] : [first + counts.length - 1],
  );
  const answers = buckets.reduce((sum, [, ...counts]) => counts.reduce((all, one) => all + one, sum), 0);
  const longest = lasts.length === 0 ? null : (bandEndsMs[Math.max(...lasts)] ?? null);
  return `${plural(answers, 'answer')}, the longest within ${milliseconds(longest)} ms`;
}

/** The colours, from the lightest to the darkest. */
export function heatLegend(most: number): Markup {
  const swatches = Array.from(
    { length: COLOURS },
    (_, colour) => html`<rect class="heat h${colour}" x="${14 * colour}" width="14" height="10" />`,
  );
  return html`<span class="key"
    ><span>1</span
    ><svg viewBox="0 0 ${14 * COLOURS} 10" class="scale" aria-hidden="true">${swatches}</svg
    ><span>${count(most)} answers in a cell</span></span
  >`;
}

function colourOf(number: number, most: number): number {
  const share = most <= 1 ? 1 : Math.log(number) / Math.log(most);
  return Math.min(COLOURS - 1, Math.floor(share * COLOURS));
}

/** Two labels make a scale. */
const FEWEST_TICKS = 2;

/**
 * Round values within the bands, each with the band that ends nearest to it: powers of ten, or finer where these are
 * too few.
 */
function ticksOf(
  endsMs: readonly number[],
  bands: HeatChartOptions['bands'],
): { ms: number; band: number }[] {
  const decades = [0.1, 1, 10, 100, 1_000, 10_000, 100_000];
  const found = [[1], [1, 2, 5]].map((steps) =>
    within(
      decades.flatMap((decade) => steps.map((step) => Number((step * decade).toPrecision(1)))),
      endsMs,
      bands,
    ),
  );
  const ends = [...new Set([bands.first, bands.last])].map((band) => ({
    ms: Number((endsMs[band] ?? 0).toPrecision(2)),
    band,
  }));
  return found.find((ticks) => ticks.length >= FEWEST_TICKS) ?? ends;
}

function within(
  values: readonly number[],
  endsMs: readonly number[],
  { first, last }: HeatChartOptions['bands'],
): { ms: number; band: number }[] {
  return values.flatMap((ms) => {
    const distance = (end: number): number => Math.abs(Math.log(end / ms));
    const band = endsMs.reduce(
      (nearest, end, index) => (distance(end) < distance(endsMs[nearest] ?? Infinity) ? index : nearest),
      0,
    );
    return band >= first && band <= last ? [{ ms, band }] : [];
  });
}
