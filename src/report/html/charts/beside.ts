import { html, type Content, type Markup } from '../markup.js';
import { chart, CHART_WIDTH, linear, logarithmic, rounded, type Scale } from './svg.js';

/** A value of now, and the one that it is compared with. */
export interface Pair {
  label: string;
  /** What the label alone does not tell, such as the case and the phase. */
  about?: string;
  /** Both values in words, at the end of the row. */
  said: string;
  /** The change in words, below them. */
  change?: string;
  now: Reading | null;
  before: Reading | null;
  /** The range of values that are no regression. Nothing is drawn where it is not known. */
  allowed?: readonly [from: number, to: number] | undefined;
  /** Whether the change is judged, and for the worse. */
  isWorse?: boolean;
}

/** A value, and the lowest and highest of several runs. */
export interface Reading {
  value: number;
  from: number;
  to: number;
}

/** The axis of a chart. Charts with the same axis can be compared. */
export interface BesideAxis extends Scale {
  tickText: (tick: number) => string;
}

/** The width of a character of a tick, at most. */
const CHARACTER = 6.5;
const LEFT = 12;
const RIGHT = CHART_WIDTH - 18;
/** The height of a row, and the place of its marks, by its lines of text. */
const ROWS = {
  one: { height: 44, middle: 29, grid: 0, changeLine: 0 },
  two: { height: 62, middle: 46, grid: 34, changeLine: 29 },
  three: { height: 76, middle: 60, grid: 48, changeLine: 43 },
} as const;
type Rows = (typeof ROWS)[keyof typeof ROWS];
/** The most characters of a line that holds two texts. */
const LINE_CHARACTERS = 58;

/** From 0 to 100%, or to the largest percentage if that is more. */
export function percentAxis(largest = 100): BesideAxis {
  const scale = linear(Math.max(100, largest), LEFT, RIGHT);
  const quarters = largest > 100 ? scale.ticks : [0, 25, 50, 75, 100];
  return { ...scale, ticks: quarters, tickText: (tick) => `${tick}%` };
}

export function countAxis(largest: number): BesideAxis {
  return { ...linear(largest, LEFT, RIGHT), tickText: String };
}

/** Logarithmic, as latencies differ by powers of ten. Values of 0 stand at its beginning. */
export function millisecondsAxis(values: readonly number[]): BesideAxis {
  const known = values.filter((value) => value > 0);
  const [least, most] = known.length === 0 ? [1, 10] : [Math.min(...known), Math.max(...known)];
  return {
    ...logarithmic(least, most, LEFT, RIGHT),
    tickText: (tick) => `${tick.toLocaleString('en-US')} ms`,
  };
}

/** The text of a tick, within the drawing also at its ends. */
function tickText({ at, tickText: textOf }: BesideAxis, tick: number, y: number): Markup {
  const text = textOf(tick);
  const half = (text.length * CHARACTER) / 2;
  const [end, x] =
    at(tick) < half ? [' start', 0] : at(tick) + half > CHART_WIDTH ? [' end', CHART_WIDTH] : ['', at(tick)];
  return html`<text class="tick${end}" x="${x}" y="${y}">${text}</text>`;
}

/** Each pair in a row: a filled circle for the value of now, an open diamond for the one before. */
export function besideChart(label: string, pairs: readonly Pair[], axis = percentAxis()): Markup {
  const rows = rowsOf(pairs);
  const bottom = pairs.length * rows.height + 2;
  // Lines of the grid would make text below the first line hard to read, so they leave it out.
  const lines = `m0 ${rows.grid}v${rows.height - rows.grid}`.repeat(pairs.length);
  const grid = axis.ticks.map(
    (tick) => html`<path class="grid" d="M${axis.at(tick)} 0${lines}" />${tickText(axis, tick, bottom + 13)}`,
  );
  const drawn = pairs.map((pair, i) => row(pair, i * rows.height, rows, axis.at));
  return chart({ height: bottom + 18, label, values: pairs.map(pairText), content: [grid, drawn] });
}

function pairText({ label, about = '', said, change = '' }: Pair): string {
  const [what, values] = [
    [about, label],
    [said, change],
  ].map((texts) => texts.filter((text) => text !== ''));
  return `${(what ?? []).join(' ')}: ${(values ?? []).join(', ')}`;
}

function row(
  pair: Pair,
  y: number,
  { height, middle: offset, changeLine }: Rows,
  at: (value: number) => number,
): Markup {
  const { label, about = '', said, change = '', now, before, allowed, isWorse = false } = pair;
  const middle = y + offset;
  return html`<g class="mark beside"
    ><title>${pairText(pair)}</title
    ><rect class="hit" x="0" y="${y}" width="${CHART_WIDTH}" height="${height}" />${
      allowed && band(at(allowed[0]), at(allowed[1]), middle)
    }<text class="group" x="0" y="${y + 14}">${label}</text
    ><text class="value end" x="${CHART_WIDTH}" y="${y + 14}">${said}</text>${moreLines(about, change, y, changeLine)}${
      now === null || before === null
        ? null
        : html`<path class="span" d="M${at(before.value)} ${middle}H${at(now.value)}" />`
    }${before && [spread(before, middle, at), diamond(at(before.value), middle)]}${
      now && [spread(now, middle, at), circle(at(now.value), middle, isWorse)]
    }</g
  >`;
}

function rowsOf(pairs: readonly Pair[]): Rows {
  const lengths = pairs.map(({ about = '', change = '' }) => about.length + change.length);
  const longest = Math.max(0, ...lengths);
  return longest === 0 ? ROWS.one : longest <= LINE_CHARACTERS ? ROWS.two : ROWS.three;
}

function moreLines(about: string, change: string, y: number, changeLine: number): Content {
  if (about === '' && change === '') return null;
  return html`<text class="about" x="0" y="${y + ROWS.two.changeLine}">${about}</text
    ><text class="about end" x="${CHART_WIDTH}" y="${y + changeLine}">${change}</text>`;
}

function circle(x: number, y: number, isWorse = false): Markup {
  return html`<circle class="measured${isWorse ? ' worse' : ''}" cx="${x}" cy="${y}" r="5" />`;
}

function diamond(x: number, y: number): Markup {
  return html`<path class="published" d="M${rounded(x - 7)} ${y}l7 -7l7 7l-7 7z" />`;
}

/** The lowest and the highest of several runs; nothing for one run. */
function spread({ from, to }: Reading, y: number, at: (value: number) => number): Content {
  if (from === to) return null;
  return html`<path class="spread" d="M${at(from)} ${y - 4}v8M${at(from)} ${y}H${at(to)}M${at(to)} ${y - 4}v8" />`;
}

function band(from: number, to: number, middle: number): Markup {
  const width = Math.max(2, rounded(to - from));
  return html`<rect class="allowed" x="${from}" y="${middle - 9}" width="${width}" height="18" />`;
}

/** The words for the marks of a chart. */
export interface BesideWords {
  /** Absent if every value of now is marked as worse. */
  now?: string;
  before: string;
  /** Present if a range is drawn. */
  allowed?: string;
  /** Present if the value of now may be marked as worse. */
  worse?: string;
  /** Present if there are several runs. */
  spread?: string;
}

export function besideLegend({ now, before, allowed, worse, spread: range }: BesideWords): Markup {
  const key = (shape: Content, name: string | undefined) =>
    name === undefined
      ? null
      : html`<span class="key"
          ><svg class="beside" viewBox="-8 -8 16 16" aria-hidden="true">${shape}</svg>${name}</span
        >`;
  return html`${key(circle(0, 0), now)}${key(circle(0, 0, true), worse)}${key(diamond(0, 0), before)}${key(
    band(-8, 8, 0),
    allowed,
  )}${key(
    spread({ value: 0, from: -7, to: 7 }, 0, (value) => value),
    range,
  )}`;
}
