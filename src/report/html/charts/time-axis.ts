import { html, type Markup } from '../markup.js';
import { count } from '../numbers.js';
import { linear } from './svg.js';

/** The axis of time below a chart. All charts of a run have the same one. */
export interface TimeAxis {
  /** What the axis counts, such as `seconds of the load`. */
  unit: string;
  /** Where second 0 is: milliseconds of the run's clock. */
  zeroMs: number;
  /** The least length of the axis, milliseconds. A chart whose values go on for longer has a longer one. */
  lengthMs: number;
  /** The faults of the run, in the order of their beginnings. */
  faults: readonly FaultSpan[];
}

/** The axis of a run without faults. */
export const SINCE_START: TimeAxis = {
  unit: 'seconds since the start',
  zeroMs: 0,
  lengthMs: 0,
  faults: [],
};

/** A fault on the axis of time. All times are milliseconds since second 0. */
export interface FaultSpan {
  /** From 1, in the order of the scenario. Stands for the label where that has no room. */
  number: number;
  /** Such as `node-2 killed`. */
  label: string;
  parts: readonly FaultPart[];
}

export interface FaultPart {
  /** `in-place` while the fault lasts, `changing` while it is being done or undone. */
  look: 'in-place' | 'changing';
  fromMs: number;
  untilMs: number;
}

/** Such as `3–4 s`, or `2.3–3.3 s`. Both are milliseconds since second 0. */
export function spanText(fromMs: number, untilMs: number): string {
  return `${secondsText(fromMs)}–${secondsText(untilMs)} s`;
}

/** Seconds with a decimal where they are not whole, such as `12` or `12.3`. */
export function secondsText(ms: number): string {
  return ms % 1_000 === 0 ? count(ms / 1_000) : (ms / 1_000).toFixed(1);
}

/** The seconds that an axis of this length shows, at round distances: up to as many steps. */
export function secondTicks(lengthMs: number, steps = 4): readonly number[] {
  const seconds = lengthMs / 1_000;
  return linear(seconds, 0, 1, steps).ticks.filter((tick) => tick <= seconds);
}

/** The width of a character of a label, in the chart's units. Wide letters make up for narrow ones. */
const CHARACTER = 6;

/**
 * Shades the faults from the top of a chart to its bottom, each with its label above the values. Where the label has
 * no room before the next fault begins, the fault has its number.
 *
 * @param x the place of a time, milliseconds since second 0
 * @param room in the chart's units; labels take the first 12 below the top
 */
export function shadedFaults(
  faults: readonly FaultSpan[],
  x: (ms: number) => number,
  room: { right: number; top: number; bottom: number },
): Markup {
  return html`${faults.map(({ number, label, parts }, index) => {
    const from = x(parts[0]?.fromMs ?? 0);
    const next = faults[index + 1]?.parts[0];
    const width = (next === undefined ? room.right : x(next.fromMs)) - from;
    const text = [label, String(number)].find((one) => one.length * CHARACTER + 4 <= width);
    return html`${parts.map(
      (part) =>
        html`<rect
          class="fault ${part.look}"
          x="${x(part.fromMs)}"
          y="${room.top}"
          width="${Math.max(0.5, x(part.untilMs) - x(part.fromMs))}"
          height="${room.bottom - room.top}"
        />`,
    )}${
      text === undefined
        ? null
        : html`<text class="fault-label" x="${from + 3}" y="${room.top + 10}">${text}</text>`
    }`;
  })}`;
}

/** With more faults, the legend names only their numbers. */
const NAMED_UP_TO = 3;

/** What the shading means; empty without faults. */
export function faultLegend(faults: readonly FaultSpan[]): Markup | null {
  if (faults.length === 0) return null;
  const names =
    faults.length > NAMED_UP_TO
      ? html`faults, numbered as in the <a href="#timeline">timeline</a>`
      : faults.map(({ number, label }) => (faults.length === 1 ? label : `${number} ${label}`)).join(', ');
  return html`${swatch('in-place', names)}${swatch('changing', 'being done or undone')}`;
}

function swatch(look: FaultPart['look'], name: Markup | string): Markup {
  return html`<span class="key"
    ><svg viewBox="0 0 28 10" class="long" aria-hidden="true">
      <rect class="fault ${look}" width="28" height="10" /></svg
    ><span>${name}</span></span
  >`;
}
