import { html, type Content, type Markup } from '../markup.js';
import { BOTTOM, HEIGHT, LEFT, RIGHT, thresholdAt, ticksBelow, TOP, valueGrid } from './plot.js';
import { chart, linear, logarithmic, rounded, type Scale } from './svg.js';

/** The horizontal axis that curves share: a rate, or another number. */
export interface CurveAxis {
  /** What it counts, such as `first attempts a second on each server`. */
  unit: string;
  /** The values that were tried, rising. Each has a strip of the chart with a tip. */
  values: readonly number[];
  /**
   * Whether values stand at equal distances, each with a tick. It is for few numbers of which some are far from the others,
   * such as 0, 1, 4 and 100. By default the axis is linear, and begins at 0.
   */
  isEven?: boolean;
}

export interface CurvePoint {
  /** One of the values of the axis. Several points may have the same, as of repetitions. */
  at: number;
  value: number | null;
  /** Whether its run says little: the point is hollow then. */
  isOpen?: boolean;
}

export interface Curve {
  name: string;
  points: readonly CurvePoint[];
  /** Where the curve is marked, such as at the highest rate that held. */
  markedAt?: number | undefined;
}

export interface CurveChartOptions {
  label: string;
  axis: CurveAxis;
  curves: readonly Curve[];
  /** A value that must not be exceeded, and its text. */
  threshold?: { value: number; text: string } | undefined;
  /** Powers of ten on the axis of values, in this range, which charts that are compared share. By default it begins at 0. */
  logarithmic?: { least: number; most: number };
  /** The tip for a value of the axis. */
  titleOf: (at: number) => string;
}

/** The number of line styles, which differ by colour and dashes. */
const LOOKS = 5;

/**
 * Curves over a number, one a case or percentile. Every value is a dot. Where a place has several, the line goes through their
 * median.
 */
export function curveChart(options: CurveChartOptions): Markup {
  const { label, axis, curves, threshold, titleOf } = options;
  const x = placesOf(axis);
  const y = valuesOf(options);
  const content = [
    valueGrid(y.ticks.map((value) => ({ value, y: y.at(value) }))),
    ticksBelow(
      x.ticks.map((value) => ({ value, x: x.at(value) })),
      axis.unit,
    ),
    threshold === undefined
      ? null
      : thresholdAt(y.at(threshold.value), threshold.text, heightsOf(curves, axis.values, x.at, y.at)),
    marksOf(curves).map(
      ({ look, at, beside }) =>
        html`<path class="${look}" d="M${rounded(x.at(at) + beside)} ${TOP - 12}V${BOTTOM}" />`,
    ),
    // The first curve is what the chart is about, so the others do not hide it.
    curves.map((curve, index) => drawn(curve, index, axis.values, x.at, y.at)).reverse(),
    strips(axis.values, x.at, titleOf),
  ];
  return chart({ height: HEIGHT, label, values: axis.values.map(titleOf), content });
}

/** The room between marks at the same place, so that each keeps its colour. */
const BETWEEN_MARKS = 3;

/** The marks of curves. A legend shows each as the chart draws it. */
function marksOf(curves: readonly Curve[]): { name: string; look: string; at: number; beside: number }[] {
  const marked = curves.flatMap(({ name, markedAt: at }, index) =>
    at === undefined ? [] : [{ name, look: `series s${index % LOOKS} limit`, at }],
  );
  return marked.map((mark) => {
    const here = marked.filter(({ at }) => at === mark.at);
    return { ...mark, beside: BETWEEN_MARKS * (here.indexOf(mark) - (here.length - 1) / 2) };
  });
}

/** The legend of the curves, and of what marks them. */
export function curveLegend(
  curves: readonly Curve[],
  words: { marked?: string | undefined; open?: string | undefined } = {},
): Markup {
  const line = (look: string) =>
    html`<svg viewBox="0 0 28 10" class="long" aria-hidden="true"><path class="${look}" d="M0 5H28" /></svg>`;
  const isOpen = curves.some(({ points }) => points.some((point) => point.isOpen === true));
  const marks = marksOf(curves);
  return html`${curves.map(
    ({ name }, index) =>
      html`<span class="key">${line(`series s${index % LOOKS}`)}<span>${name}</span></span>`,
  )}${
    words.marked === undefined
      ? null
      : marks.map(
          ({ look, name }) =>
            html`<span class="key"
              ><svg viewBox="0 0 14 14" aria-hidden="true"><path class="${look}" d="M7 0V14" /></svg
              ><span>${marks.length === 1 ? '' : `${name}: `}${words.marked}</span></span
            >`,
        )
  }${
    isOpen && words.open !== undefined
      ? html`<span class="key"
            ><svg viewBox="0 0 14 14" aria-hidden="true">
              <circle class="series open" cx="7" cy="7" r="3.5" /></svg
            ><span>${words.open}</span></span
          >`
      : null
  }`;
}

function placesOf({ values, isEven = false }: CurveAxis): Scale {
  if (!isEven) return linear(Math.max(1, ...values), LEFT, RIGHT, 5);
  const width = (RIGHT - LEFT) / Math.max(1, values.length);
  return { at: (value) => rounded(LEFT + width * (values.indexOf(value) + 0.5)), ticks: values };
}

function valuesOf({ curves, threshold, logarithmic: range }: CurveChartOptions): Scale {
  if (range !== undefined) return logarithmic(range.least, range.most, BOTTOM, TOP);
  const values = curves.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  return linear(Math.max(1, threshold?.value ?? 0, ...values), BOTTOM, TOP);
}

function drawn(
  { points }: Curve,
  index: number,
  places: readonly number[],
  x: (at: number) => number,
  y: (value: number) => number,
): Content {
  const look = `series s${index % LOOKS}`;
  const line = lineOf(points, places).map(({ at, value }) => `${x(at)} ${y(value)}`);
  const dots = points.map(({ at, value, isOpen = false }) =>
    value === null
      ? null
      : html`<circle class="${look}${isOpen ? ' open' : ''}" cx="${x(at)}" cy="${y(value)}" r="2.6" />`,
  );
  return [line.length < 2 ? null : html`<path class="${look}" d="M${line.join('L')}" />`, dots];
}

/** The corners of a curve's line, from left to right. */
function lineOf(points: Curve['points'], places: readonly number[]): { at: number; value: number }[] {
  return places.flatMap((at) => {
    const here = points.flatMap((point) => (point.at === at ? (point.value ?? []) : []));
    return here.length === 0 ? [] : [{ at, value: medianOf(here) }];
  });
}

/** Where the lines of curves are at a place of the chart. */
function heightsOf(
  curves: readonly Curve[],
  places: readonly number[],
  x: (at: number) => number,
  y: (value: number) => number,
): (place: number) => number[] {
  const lines = curves.map(({ points }) =>
    lineOf(points, places).map(({ at, value }) => ({ x: x(at), y: y(value) })),
  );
  return (place) =>
    lines.flatMap((line) =>
      line.slice(1).flatMap((to, index) => {
        const from = line[index];
        if (from === undefined || place < from.x || place > to.x || to.x === from.x) return [];
        return [from.y + ((to.y - from.y) * (place - from.x)) / (to.x - from.x)];
      }),
    );
}

function medianOf(values: readonly number[]): number {
  const rising = [...values].sort((a, b) => a - b);
  const middle = (rising.length - 1) / 2;
  return ((rising[Math.floor(middle)] ?? 0) + (rising[Math.ceil(middle)] ?? 0)) / 2;
}

/** A strip for each value, as wide as half the way to its neighbours. */
function strips(
  values: readonly number[],
  x: (at: number) => number,
  titleOf: (at: number) => string,
): Content {
  const between = (one: number | undefined, other: number | undefined, edge: number): number =>
    one === undefined || other === undefined ? edge : rounded((x(one) + x(other)) / 2);
  return values.map((value, index) => {
    const from = between(values[index - 1], value, LEFT);
    const to = between(value, values[index + 1], RIGHT);
    return html`<rect class="hit mark" x="${from}" y="${TOP}" width="${rounded(to - from)}" height="${BOTTOM - TOP}"
      ><title>${titleOf(value)}</title></rect
    >`;
  });
}
