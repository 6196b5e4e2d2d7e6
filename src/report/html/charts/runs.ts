import { html, type Content, type Markup } from '../markup.js';
import { count, plural } from '../../words/numbers.js';
import { chart, CHART_WIDTH, extent, linear, rounded } from './svg.js';

/** A line with one value for each run, oldest first; null for a run without a value. */
export interface RunLine {
  name: string;
  values: readonly (number | null)[];
}

/** The axis that all charts of the same runs share. */
export interface RunAxis {
  /** The date of each run. The chart shows the first, the middle and the last. */
  dates: readonly string[];
  /** The indexes of the runs before which a version changed. */
  changes: readonly number[];
}

export interface RunChartOptions {
  label: string;
  lines: readonly RunLine[];
  axis: RunAxis;
  /** The tip for a run. */
  titleOf: (run: number) => string;
}

const LEFT = 40;
const RIGHT = CHART_WIDTH - 6;
const TOP = 8;
const BOTTOM = 120;
/** The most runs with a dot for each value. With more runs, dots would hide the line. */
const DOTS_UP_TO = 60;
/** The number of line styles, which differ by colour and dashes. */
const LOOKS = 5;

/** A chart of figures run by run. Runs have equal distances, whatever the time between them. */
export function runChart({ label, lines, axis, titleOf }: RunChartOptions): Markup {
  const runs = axis.dates.length;
  const values = lines.flatMap((line) => line.values).filter((value) => value !== null);
  const y = linear(Math.max(1, ...values), BOTTOM, TOP);
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
    frame(axis, TOP, BOTTOM),
    lines.map((line, index) => drawn(line, index, runs, y.at)),
    hits(runs, TOP, BOTTOM, titleOf),
  ];
  const said = lines.map((line) => extent(line.name, line.values));
  return chart({ height: BOTTOM + 20, label, values: [...said, ...lastOf(runs, titleOf)], content });
}

/** A chart of the outcome of each run: a low mark for a good run, a mark of full height for a red one. */
export function outcomeChart(
  label: string,
  looks: readonly ('pass' | 'fail' | 'inconclusive')[],
  axis: RunAxis,
  titleOf: (run: number) => string,
): Markup {
  const bottom = 44;
  const width = (RIGHT - LEFT) / Math.max(1, looks.length);
  const bar = Math.min(14, Math.max(0.6, width * 0.7));
  const heights = { pass: 14, inconclusive: 24, fail: bottom - TOP };
  const bars = looks.map((look, run) => {
    const x = rounded(place(run, looks.length) - bar / 2);
    const height = heights[look];
    const top = bottom - height;
    return html`<rect class="outcome ${look}" x="${x}" y="${top}" width="${rounded(bar)}" height="${height}" />`;
  });
  const content = [frame(axis, TOP, bottom), bars, hits(looks.length, TOP, bottom, titleOf)];
  const values = lastOf(looks.length, titleOf);
  return chart({ height: bottom + 20, label, values, content });
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

function lastOf(runs: number, titleOf: (run: number) => string): string[] {
  return runs === 0 ? [] : [`the last of ${plural(runs, 'run')}: ${titleOf(runs - 1)}`];
}

function place(run: number, runs: number): number {
  return LEFT + ((RIGHT - LEFT) * (run + 0.5)) / Math.max(1, runs);
}

/** The dates below the chart, and a line before each run at which a version changed. */
function frame({ dates, changes }: RunAxis, top: number, bottom: number): Content {
  const runs = dates.length;
  const edge = (run: number) => rounded(place(run, runs) - (RIGHT - LEFT) / runs / 2);
  const shown = [...new Set([0, Math.floor((runs - 1) / 2), runs - 1])];
  const texts = runs < 3 ? shown : shown.filter((run, i) => dates[run] !== dates[shown[i - 1] ?? -1]);
  return [
    changes.map((run) => html`<path class="change" d="M${edge(run)} ${top - 6}V${bottom}" />`),
    texts.map((run) => {
      const anchor = runs === 1 ? '' : run === 0 ? ' start' : run === runs - 1 ? ' end' : '';
      const x = anchor === ' start' ? LEFT : anchor === ' end' ? RIGHT : rounded(place(run, runs));
      return html`<text class="tick${anchor}" x="${x}" y="${bottom + 15}">${dates[run]}</text>`;
    }),
  ];
}

function drawn({ values }: RunLine, index: number, runs: number, at: (value: number) => number): Content {
  const points = values.map((value, run) =>
    value === null ? undefined : { x: rounded(place(run, runs)), y: at(value) },
  );
  const path = points
    .map((point, run) =>
      point === undefined ? '' : `${points[run - 1] === undefined ? 'M' : 'L'}${point.x} ${point.y}`,
    )
    .join('');
  const look = `series s${index % LOOKS}`;
  const alone = (run: number) => points[run - 1] === undefined && points[run + 1] === undefined;
  const dots = points.map((point, run) =>
    point === undefined || (runs > DOTS_UP_TO && !alone(run))
      ? null
      : html`<circle class="${look}" cx="${point.x}" cy="${point.y}" r="2.2" />`,
  );
  return [path === '' ? null : html`<path class="${look}" d="${path}" />`, dots];
}

function hits(runs: number, top: number, bottom: number, titleOf: (run: number) => string): Content {
  const width = (RIGHT - LEFT) / Math.max(1, runs);
  return Array.from({ length: runs }, (_, run) => {
    const x = rounded(place(run, runs) - width / 2);
    return html`<rect class="hit mark" x="${x}" y="${top}" width="${rounded(width)}" height="${bottom - top}"
      ><title>${titleOf(run)}</title></rect
    >`;
  });
}
