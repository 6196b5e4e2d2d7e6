import { html, type Markup } from '../markup.js';
import { count } from '../../words/numbers.js';
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
  /** What else happened, in the order of time. */
  moments: readonly Moment[];
}

/** What happens at a moment, and how its mark is explained. */
export const MOMENTS = {
  stage: 'a stage of the load begins',
  ended: 'a server ended',
  state: 'a node changed its state',
  conflict: 'a second client gets a lease that is held',
} as const;

/** Something that happened at one time. */
export interface Moment {
  kind: keyof typeof MOMENTS;
  /** Milliseconds since second 0. */
  atMs: number;
  /** Such as `node-2: silent`. */
  label: string;
}

/** The axis of a run without faults. */
export const SINCE_START: TimeAxis = {
  unit: 'seconds since the start',
  zeroMs: 0,
  lengthMs: 0,
  faults: [],
  moments: [],
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

/** The place of a time, milliseconds since second 0. */
type Place = (ms: number) => number;

/** In the chart's units. Labels take the first 12 below the top. */
interface Room {
  right: number;
  top: number;
  bottom: number;
}

/** What happened, on a chart over time: faults are shaded behind its values, and moments are marked in front of them. */
export function happenings(
  { faults, moments }: TimeAxis,
  x: Place,
  room: Room,
): { behind: Markup; before: Markup } {
  return {
    behind: html`${faults.map((fault, index) => shaded(fault, faults[index + 1], x, room))}`,
    before: html`${moments.map((moment) => marked(moment, x, room))}`,
  };
}

/** A fault from the top of a chart to its bottom. Where its label has no room before the next fault, it has its number. */
function shaded(
  { number, label, parts }: FaultSpan,
  next: FaultSpan | undefined,
  x: Place,
  room: Room,
): Markup {
  const from = x(parts[0]?.fromMs ?? 0);
  const until = next?.parts[0];
  const width = (until === undefined ? room.right : x(until.fromMs)) - from;
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
}

function marked({ kind, atMs, label }: Moment, x: Place, { top, bottom }: Room): Markup {
  return html`<g class="moment ${kind}" transform="translate(${x(atMs)} 0)"
    ><title>${secondsText(atMs)} s: ${label}</title
    ><path class="when" d="M0 ${top + 12}V${bottom}" />${sign(kind, bottom)}</g
  >`;
}

/** The signs differ in their shape, not only in their colour. A stage is a line alone. */
function sign(kind: Moment['kind'], y: number): Markup | null {
  if (kind === 'ended')
    return html`<circle cx="0" cy="${y}" r="4" /><path class="cross" d="M-2 ${y - 2}l4 4m0 -4l-4 4" />`;
  if (kind === 'conflict') return html`<path class="sign" d="M0 ${y - 5}l5 9h-10z" />`;
  return kind === 'state' ? html`<path class="sign" d="M0 ${y - 4}l4 4l-4 4l-4 -4z" />` : null;
}

/** What the shading and the marks mean; null where nothing happened. */
export function eventLegend({ faults, moments }: TimeAxis): Markup | null {
  const kinds = Object.entries(MOMENTS).filter(([kind]) => moments.some((one) => one.kind === kind));
  if (faults.length === 0 && kinds.length === 0) return null;
  return html`${faultLegend(faults)}${kinds.map(
    ([kind, meaning]) =>
      html`<span class="key"
        ><svg viewBox="0 0 14 14" aria-hidden="true">
          <g class="moment ${kind}" transform="translate(7 0)"
            ><path class="when" d="M0 0V14" />${sign(kind as Moment['kind'], 7)}</g
          ></svg
        ><span>${meaning}</span></span
      >`,
  )}`;
}

/** With more faults, the legend names only their numbers. */
const NAMED_UP_TO = 3;

function faultLegend(faults: readonly FaultSpan[]): Markup | null {
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
