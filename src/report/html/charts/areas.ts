import { html, type Markup } from '../markup.js';
import { count } from '../numbers.js';
import { chart, CHART_WIDTH, linear, rounded } from './svg.js';
import { secondTicks, shadedFaults, type TimeAxis } from './time-axis.js';

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

const LEFT = 34;
const RIGHT = CHART_WIDTH - 6;
const TOP = 20;
const BOTTOM = 146;

/** Stacked areas over time, in steps as wide as a span. What was before second 0 of the axis is not shown. */
export function areaChart({ label, areas, axis, fromMs, untilMs, most, titleOf }: AreaChartOptions): Markup {
  const ends = untilMs.map((ms) => ms - axis.zeroMs);
  const startOf = (span: number): number => (span === 0 ? fromMs - axis.zeroMs : (ends[span - 1] ?? 0));
  const lengthMs = Math.max(axis.lengthMs, ends.at(-1) ?? 0, 1);
  const x = (ms: number) => rounded(LEFT + (RIGHT - LEFT) * Math.min(1, Math.max(0, ms / lengthMs)));
  const y = linear(most.value, BOTTOM, TOP);
  const spans = ends.map((_, span) => span).filter((span) => (ends[span] ?? 0) > 0);
  const heights = spans.map(() => 0);
  const layers = areas.map(({ values }, index) => {
    const lower = [...heights];
    for (const [place, span] of spans.entries()) heights[place] = (heights[place] ?? 0) + (values[span] ?? 0);
    const up = spans.map((span, place) =>
      step(x(startOf(span)), x(ends[span] ?? 0), y.at(heights[place] ?? 0)),
    );
    const down = spans
      .map((span, place) => step(x(ends[span] ?? 0), x(startOf(span)), y.at(lower[place] ?? 0)))
      .reverse();
    return up.length === 0 ? null : html`<path class="area a${index}" d="M${[...up, ...down].join('L')}Z" />`;
  });
  const content = [
    y.ticks.map(
      (tick) =>
        html`<path class="grid" d="M${LEFT} ${y.at(tick)}H${RIGHT}" /><text
            class="tick end"
            x="${LEFT - 5}"
            y="${y.at(tick) + 4}"
            >${count(tick)}</text
          >`,
    ),
    layers,
    shadedFaults(axis.faults, x, { right: RIGHT, top: TOP - 14, bottom: BOTTOM }),
    html`<path class="threshold" d="M${LEFT} ${y.at(most.value)}H${RIGHT}" /><text
        class="tick end"
        x="${RIGHT}"
        y="${y.at(most.value) - 4}"
        >${most.text}</text
      >`,
    secondTicks(lengthMs).map(
      (tick) => html`<text class="tick" x="${x(tick * 1_000)}" y="${BOTTOM + 15}">${count(tick)}</text>`,
    ),
    html`<text class="tick unit" x="${RIGHT}" y="${BOTTOM + 29}">${axis.unit}</text>`,
    spans.map((span) => {
      const [from, to] = [Math.max(0, startOf(span)), ends[span] ?? 0];
      return html`<rect class="hit mark" x="${x(from)}" y="${TOP}" width="${rounded(x(to) - x(from))}" height="${BOTTOM - TOP}"
        ><title>${titleOf(span, from, to)}</title></rect
      >`;
    }),
  ];
  return chart({ height: BOTTOM + 32, label, content });
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
