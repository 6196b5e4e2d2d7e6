import { html, type Markup } from '../markup.js';
import { BOTTOM, HEIGHT, thresholdAt, timeFrame, TOP, valueGrid } from './plot.js';
import { chart, extent, linear } from './svg.js';
import type { TimeAxis } from './time-axis.js';

/** A layer of stacked areas: one value for each span. */
export interface Area {
  name: string;
  values: readonly number[];
}

export interface AreaChartOptions {
  label: string;
  /** From below. */
  areas: readonly Area[];
  axis: TimeAxis;
  /** When the first span begins and when each ends, milliseconds of the run's clock. */
  fromMs: number;
  untilMs: readonly number[];
  /** A line at this value, which the areas can't exceed, and its text. */
  most: { value: number; text: string };
  /** The tip for a span, which begins and ends at these milliseconds since second 0 of the axis. */
  titleOf: (span: number, fromMs: number, untilMs: number) => string;
}

/** Stacked areas over time, in steps as wide as a span. What was before second 0 of the axis is not shown. */
export function areaChart({ label, areas, axis, fromMs, untilMs, most, titleOf }: AreaChartOptions): Markup {
  const { x, shown, behind, before, strips } = timeFrame({ axis, edgesMs: [fromMs, ...untilMs] });
  const y = linear(most.value, BOTTOM, TOP);
  const heights = shown.map(() => 0);
  const layers = areas.map(({ values }, index) => {
    const lower = [...heights];
    for (const [place, span] of shown.entries()) heights[place] = (heights[place] ?? 0) + (values[span] ?? 0);
    const up = shown.map((span, place) => step(x(span), x(span + 1), y.at(heights[place] ?? 0)));
    const down = shown.map((span, place) => step(x(span + 1), x(span), y.at(lower[place] ?? 0))).reverse();
    return up.length === 0 ? null : html`<path class="area a${index}" d="M${[...up, ...down].join('L')}Z" />`;
  });
  const content = [
    valueGrid(y.ticks.map((value) => ({ value, y: y.at(value) }))),
    layers,
    behind,
    thresholdAt(y.at(most.value), most.text),
    before,
    strips(titleOf),
  ];
  const values = areas.map(({ name, values }) => extent(name, values));
  return chart({ height: HEIGHT, label, values, content });
}

/** A step at a height, from one place to the other. */
function step(from: number, to: number, y: number): string {
  return `${from} ${y}L${to} ${y}`;
}

export function areaLegend(areas: readonly Pick<Area, 'name'>[]): Markup {
  return html`${areas.map(
    ({ name }, index) =>
      html`<span class="key"
        ><svg viewBox="0 0 14 14" aria-hidden="true"><rect class="area a${index}" width="14" height="14" /></svg
        >${name}</span
      >`,
  )}`;
}
