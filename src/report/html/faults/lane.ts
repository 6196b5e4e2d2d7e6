import { secondTicks, type TimeAxis } from '../charts/time-axis.js';
import { html, type Content, type Markup } from '../markup.js';
import { count } from '../../words/numbers.js';

/** The height of a lane, in whose middle lower content stands: that of two lines of text beside it. */
const LEAST_HEIGHT = 40;

/**
 * A lane of the timeline: what happened to one node or server, on the axis of time. A lane is as wide as the page
 * allows. Times are percentages of its width, and heights and texts are pixels, so texts stay legible on any screen.
 */
export interface LaneOptions {
  name: string;
  /** What the lane shows, for its left side. */
  text: string;
  axis: TimeAxis;
  height: number;
  content: Content;
}

export function lane({ name, text, axis, height, content }: LaneOptions): Markup {
  const more = Math.max(0, height - LEAST_HEIGHT);
  return html`<div class="lane">
    <p><strong>${name}</strong> <span>${text}</span></p>
    <svg height="${LEAST_HEIGHT + more}" role="img" aria-label="${[name, text].filter((part) => part !== '').join(': ')}">
      ${ground(axis)} <g transform="translate(0 ${Math.max(0, LEAST_HEIGHT - height) / 2})">${content}</g>
    </svg>
  </div>`;
}

/** About as many steps as an axis has at least. */
const TICKS = 8;

/** The seconds of the axis, above or below the lanes. */
export function axisLane({ lengthMs, unit }: TimeAxis): Markup {
  const ticks = secondTicks(lengthMs, TICKS);
  return html`<div class="lane axis" aria-hidden="true">
    <p>${unit}</p>
    <svg height="16">
      ${ticks.map((tick) => {
        const anchor = tick === 0 ? ' start' : tick * 1_000 === lengthMs ? ' end' : '';
        const x = place(tick * 1_000, lengthMs);
        return html`<text class="tick${anchor}" x="${x}" y="12">${count(tick)}</text>`;
      })}
    </svg>
  </div>`;
}

/** The lines of the seconds, and a light shade while each fault lasts. */
function ground({ faults, lengthMs }: TimeAxis): Content {
  return [
    faults.flatMap(({ parts }) =>
      parts.map((part) => html`<rect class="fault ${part.look}" ${stretch(part, lengthMs)} height="100%" />`),
    ),
    secondTicks(lengthMs, TICKS).map((tick) => {
      const x = place(tick * 1_000, lengthMs);
      return html`<line class="grid" x1="${x}" x2="${x}" y2="100%" />`;
    }),
  ];
}

export interface Stretch {
  fromMs: number;
  untilMs: number;
}

/** The place of a time in a lane, such as `12.34%`. */
export function place(ms: number, lengthMs: number): string {
  return `${Math.round((10_000 * ms) / lengthMs) / 100}%`;
}

/** The attributes of a rectangle from one time to another. */
export function stretch({ fromMs, untilMs }: Stretch, lengthMs: number): Markup {
  return html`x="${place(fromMs, lengthMs)}" width="${place(untilMs - fromMs, lengthMs)}"`;
}

/** The least width of a lane, pixels: on a wide screen, and on a narrow one. `timeline.css` has the border of both. */
const WIDTHS = { wide: 760, narrow: 320 };
/** The width of a character of a text in a lane, pixels. Wide letters make up for narrow ones. */
const CHARACTER = 6.2;

/**
 * A text at the beginning of a stretch: the first one that has room there. The text may be another one on a narrow
 * screen, or none.
 *
 * @param texts the longest first
 * @param look a class of the text, after a space
 */
export function textIn(
  texts: readonly string[],
  at: Stretch,
  lengthMs: number,
  { y, indent = 4, look = '' }: { y: number; indent?: number; look?: string },
): Markup {
  const share = (at.untilMs - at.fromMs) / lengthMs;
  const [wide, narrow] = [WIDTHS.wide, WIDTHS.narrow].map((width) =>
    texts.find((text) => text.length * CHARACTER + 2 * indent <= share * width),
  );
  const drawn = (text: string | undefined, screen: string) =>
    text === undefined
      ? null
      : html`<text class="in-lane${look}${screen}" x="${place(at.fromMs, lengthMs)}" dx="${indent}" y="${y}">${text}</text>`;
  return wide === narrow
    ? html`${drawn(wide, '')}`
    : html`${drawn(wide, ' wide')}${drawn(narrow, ' narrow')}`;
}
