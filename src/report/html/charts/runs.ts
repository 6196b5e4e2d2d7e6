import { html, type Content, type Markup } from '../markup.js';
import { count, plural } from '../../words/numbers.js';
import { chart, CHART_WIDTH, compact, extent, linear, rounded } from './svg.js';

/** A line with one value for each place, oldest first; null for a place without a value. */
export interface RunLine {
  name: string;
  values: readonly (number | null)[];
  /** The least and the greatest value of a place that stands for several runs. */
  ranges: readonly (readonly [least: number, most: number] | null)[];
}

/** The axis that all charts of the same runs share. */
export interface RunAxis {
  /** The date of each place. The chart shows the first, the middle and the last. */
  dates: readonly string[];
  /** The indexes of the places before which a version changed. */
  changes: readonly number[];
  /** How many places, from the oldest on, stand for several runs. Each of the others stands for one. */
  folded: number;
  /** How many runs the places stand for. */
  runs: number;
}

/** Where `history.js` finds the tips of a chart: the data of which series, and which figure of them. */
export interface RunTips {
  id: string;
  /** The place of the figure; null for the outcomes. */
  figure: number | null;
  /** What the last run says, for readers who can't see the chart. */
  last: string;
}

export interface RunChartOptions {
  label: string;
  lines: readonly RunLine[];
  axis: RunAxis;
  tips: RunTips;
}

const LEFT = 40;
const RIGHT = CHART_WIDTH - 6;
const TOP = 8;
const BOTTOM = 120;
/** The most places with a dot for each value. With more places, dots would hide the line. */
const DOTS_UP_TO = 60;
/** The number of line styles, which differ by colour and dashes. */
const LOOKS = 5;

/** A chart of figures run by run. Places have equal distances, whatever the time between them. */
export function runChart({ label, lines, axis, tips }: RunChartOptions): Markup {
  const places = axis.dates.length;
  const values = lines.flatMap((line) => extremes(line)).filter((value) => value !== null);
  const y = linear(Math.max(1, ...values), BOTTOM, TOP);
  const content = [
    html`<path class="grid" d="${y.ticks.map((tick) => `M${LEFT} ${y.at(tick)}H${RIGHT}`).join('')}" />`,
    y.ticks.map(
      (tick) => html`<text class="tick end" x="${LEFT - 5}" y="${y.at(tick) + 4}">${count(tick)}</text>`,
    ),
    frame(axis, TOP, BOTTOM),
    lines.map((line, index) => bandOf(line, index, places, y.at)),
    lines.map((line, index) => drawn(line, index, places, y.at)),
  ];
  const said = lines.map((line) => extent(line.name, extremes(line)));
  return chart({
    ...{ height: BOTTOM + 20, label, values: [...said, ...lastOf(axis, tips)], content: compact(content) },
    attributes: area(tips, TOP, BOTTOM),
  });
}

/** Every value of a line, and the ends of its ranges. */
function extremes({ values, ranges }: RunLine): (number | null)[] {
  return [...values, ...ranges.flatMap((range) => range ?? [])];
}

/** A chart of the outcome of each place: a low mark for a good run, a mark of full height for a red one. */
export function outcomeChart(
  label: string,
  /** Undefined for a place without a mark. */
  looks: readonly ('pass' | 'fail' | 'inconclusive' | undefined)[],
  axis: RunAxis,
  tips: RunTips,
): Markup {
  const bottom = 44;
  const width = (RIGHT - LEFT) / Math.max(1, looks.length);
  const bar = Math.min(14, Math.max(0.6, width * 0.7));
  const heights = { pass: 14, inconclusive: 24, fail: bottom - TOP };
  const bars = (['pass', 'inconclusive', 'fail'] as const).map((look) => {
    const path = looks.map((one, run) => {
      const x = rounded(place(run, looks.length) - bar / 2);
      return one === look ? `M${x} ${bottom}v-${heights[look]}h${rounded(bar)}v${heights[look]}z` : '';
    });
    return path.some((one) => one !== '') && html`<path class="outcome ${look}" d="${path.join('')}" />`;
  });
  const content = [frame(axis, TOP, bottom), bars];
  const values = lastOf(axis, tips);
  return chart({
    ...{ height: bottom + 20, label, values, content: compact(content) },
    attributes: area(tips, TOP, bottom),
  });
}

export function runLegend(lines: readonly Pick<RunLine, 'name'>[]): Markup {
  return html`${lines.map(
    ({ name }, index) =>
      html`<span class="key"
        ><svg viewBox="0 0 28 10" class="long" aria-hidden="true">
          <path class="series s${index % LOOKS}" d="M0 5H28" /></svg
        >${name}</span
      >`,
  )}`;
}

function lastOf({ runs }: RunAxis, { last }: RunTips): string[] {
  return runs === 0 ? [] : [`the last of ${plural(runs, 'run')}: ${last}`];
}

/** `history.js` divides this area among the places, and gives each its tip. */
function area({ id, figure }: RunTips, top: number, bottom: number): Markup {
  return html`data-runs="${id}" data-plot="${figure ?? ''}" data-area="${LEFT} ${RIGHT} ${top} ${bottom}"`;
}

function place(run: number, runs: number): number {
  return LEFT + ((RIGHT - LEFT) * (run + 0.5)) / Math.max(1, runs);
}

/**
 * The dates below the chart, a line before each place at which a version changed, and the edge of the places that stand
 * for several runs.
 */
function frame({ dates, changes, folded }: RunAxis, top: number, bottom: number): Content {
  const runs = dates.length;
  const edge = (run: number) => rounded(place(run, runs) - (RIGHT - LEFT) / runs / 2);
  const shown = [...new Set([0, Math.floor((runs - 1) / 2), runs - 1])];
  const texts = runs < 3 ? shown : shown.filter((run, i) => dates[run] !== dates[shown[i - 1] ?? -1]);
  return [
    folded > 0 && html`<path class="folded" d="M${edge(folded)} ${top - 6}V${bottom + 4}" />`,
    changes.map((run) => html`<path class="change" d="M${edge(run)} ${top - 6}V${bottom}" />`),
    texts.map((run) => {
      const anchor = runs === 1 ? '' : run === 0 ? ' start' : run === runs - 1 ? ' end' : '';
      const x = anchor === ' start' ? LEFT : anchor === ' end' ? RIGHT : rounded(place(run, runs));
      return html`<text class="tick${anchor}" x="${x}" y="${bottom + 15}">${dates[run]}</text>`;
    }),
  ];
}

/** From the least to the greatest value of each place that stands for several runs. */
function bandOf({ ranges }: RunLine, index: number, places: number, at: (value: number) => number): Content {
  const width = rounded(((RIGHT - LEFT) / places) * 0.8);
  const bars = ranges.map((range, index) =>
    range === null || range[0] === range[1]
      ? ''
      : `M${rounded(place(index, places) - width / 2)} ${at(range[0])}V${at(range[1])}h${width}V${at(range[0])}z`,
  );
  const path = bars.join('');
  return path === '' ? null : html`<path class="range r${index % LOOKS}" d="${path}" />`;
}

function drawn({ values }: RunLine, index: number, places: number, at: (value: number) => number): Content {
  // Whole units are exact enough, and make the lines of long histories short.
  const points = values.map((value, run) =>
    value === null ? undefined : { x: Math.round(place(run, places)), y: Math.round(at(value)) },
  );
  const look = `s${index % LOOKS}`;
  const isDotted = places <= DOTS_UP_TO;
  const alone = points.filter(
    (point, run) => point !== undefined && points[run - 1] === undefined && points[run + 1] === undefined,
  );
  const path = pathThrough(points, isDotted);
  const dots = isDotted ? '' : alone.map((point) => (point ? `M${point.x} ${point.y}h0` : '')).join('');
  return [
    path !== '' && html`<path class="series ${look}${isDotted ? ' dotted' : ''}" d="${path}" />`,
    dots !== '' && html`<path class="series dots ${look}" d="${dots}" />`,
  ];
}

type Point = { x: number; y: number } | undefined;

/**
 * A line that breaks at a missing point.
 *
 * @param isWhole whether each point has to be in the path, as each has a dot. Else equal values are one step
 */
function pathThrough(points: readonly Point[], isWhole: boolean): string {
  let from: Point;
  return points
    .map((point, run) => {
      const [before, after] = [points[run - 1], points[run + 1]];
      if (point === undefined) return '';
      if (!isWhole && before?.y === point.y && after?.y === point.y) return '';
      const [dx, dy] = [point.x - (from?.x ?? 0), point.y - (from?.y ?? 0)];
      from = point;
      if (before === undefined) return `M${point.x} ${point.y}${after === undefined ? 'h0' : ''}`;
      return dy === 0 ? `h${dx}` : `l${dx}${dy < 0 ? '' : ' '}${dy}`;
    })
    .join('');
}
