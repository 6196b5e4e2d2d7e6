import { html, type Content, type Markup } from '../markup.js';
import { compact } from './svg.js';

/** A day on which something ran. */
export interface CalendarDay {
  /** Such as `2026-11-29`. */
  date: string;
  look: 'pass' | 'fail' | 'inconclusive';
  /** The sign in the cell, so that it does not depend on its colour. */
  sign: string;
  /** What happened on this day, without the date. */
  text: string;
  link: string | null;
}

/** A finger needs 24 pixels (WCAG 2.5.8). */
const CELL = 24;
const STEP = 26;
const TOP = 18;
/** Of the sign in a cell, from the top of the cell. */
const BASELINE = 17;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** The most months that are drawn. */
export const CALENDAR_MONTHS = 12;

/**
 * A cell for each day, in blocks of a month: weeks are columns, and the first row is Monday. Only months in which
 * something ran are drawn, and only the newest of them.
 *
 * @param most how many months at most
 */
export function calendar(label: string, days: readonly CalendarDay[], most = CALENDAR_MONTHS): Markup {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const months = [...new Set(days.map(({ date }) => date.slice(0, 7)))].sort().slice(-most);
  return html`<div class="calendar" role="group" aria-label="${label}">
    ${weekdays()} ${months.map((month) => block(month, byDate))}
  </div>`;
}

function weekdays(): Markup {
  const names = ['Mon', '', 'Wed', '', 'Fri', '', 'Sun'];
  return html`<svg width="28" height="${TOP + 7 * STEP}" aria-hidden="true">
    ${names.map((name, row) => html`<text class="tick start" x="0" y="${TOP + row * STEP + BASELINE}">${name}</text>`)}
  </svg>`;
}

function block(month: string, byDate: ReadonlyMap<string, CalendarDay>): Markup {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const dates: string[] = [];
  for (let time = first; dateOf(time).startsWith(month); time += DAY_MS) dates.push(dateOf(time));
  // Sunday is day 0 in JavaScript, and the last row here.
  const offset = (new Date(first).getUTCDay() + 6) % 7;
  const weeks = Math.ceil((offset + dates.length) / 7);
  const places = dates.map((date, index) => ({
    x: Math.floor((offset + index) / 7) * STEP,
    y: TOP + ((offset + index) % 7) * STEP,
    day: byDate.get(date),
  }));
  const empty = places
    .filter(({ day }) => day === undefined)
    .map(({ x, y }) => `M${x + 0.5} ${y + 0.5}h${CELL - 1}v${CELL - 1}h${1 - CELL}z`);
  const cells = places.flatMap(({ x, y, day }) => (day === undefined ? [] : [cell(day, x, y)]));
  return compact(html`<svg width="${weeks * STEP}" height="${TOP + 7 * STEP}" role="group" aria-label="${month}">
    <text class="tick start" x="0" y="11">${month}</text><path class="no-night" d="${empty.join('')}" />${cells}
  </svg>`);
}

function cell({ date, look, sign, text, link }: CalendarDay, x: number, y: number): Markup {
  const content: Content = html`<title>${date}: ${text}</title
    ><rect class="night ${look}" x="${x}" y="${y}" width="${CELL}" height="${CELL}" rx="3" /><text
      class="on-night"
      x="${x + CELL / 2}"
      y="${y + BASELINE}"
      aria-hidden="true"
      >${sign}</text
    >`;
  return link === null
    ? html`<g class="mark" role="img" tabindex="0">${content}</g>`
    : html`<a class="mark" href="${link}">${content}</a>`;
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
