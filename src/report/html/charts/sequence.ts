import { html, type Markup } from '../markup.js';
import { scrollFrame } from '../table.js';

export interface SequenceEvent {
  /** Such as `12.413 s`. */
  time: string;
  text: string;
  /** The lanes on which it happens. */
  at: readonly string[];
  /** The lane from which it comes; null where it comes from none. */
  from: string | null;
  /** More about it, for those who point at it. */
  title: string;
}

const LANE_WIDTH = 54;
const ROW_HEIGHT = 24;
const TOP = 22;

/**
 * A small sequence diagram: a lane for each party, and a row for each event, in order. The rows stand beside their texts in a
 * table, so that these wrap on a narrow screen and are read aloud.
 */
export function sequenceDiagram({
  label,
  lanes,
  events,
}: {
  label: string;
  lanes: readonly string[];
  events: readonly SequenceEvent[];
}): Markup {
  const xOf = (lane: string): number => lanes.indexOf(lane) * LANE_WIDTH + LANE_WIDTH / 2;
  const width = lanes.length * LANE_WIDTH;
  return scrollFrame(
    label,
    html`<table class="sequence">
      <thead>
        <tr>
          <th>time</th>
          <th>
            <svg width="${width}" height="${TOP}" role="img" aria-label="where">
              ${lanes.map((lane) => html`<text class="tick" x="${xOf(lane)}" y="15" text-anchor="middle">${lane}</text>`)}
            </svg>
          </th>
          <th>what</th>
        </tr>
      </thead>
      <tbody>
        ${events.map(
          (event) =>
            html`<tr>
              <td>${event.time}</td>
              <td title="${event.title}">${marks(event, lanes, xOf, width)}</td>
              <td>${event.text}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}

function marks(
  { at, from, title }: SequenceEvent,
  lanes: readonly string[],
  xOf: (lane: string) => number,
  width: number,
): Markup {
  const middle = ROW_HEIGHT / 2;
  const ends = [...at, ...(from === null || !lanes.includes(from) ? [] : [from])].map(xOf);
  return html`<svg width="${width}" height="${ROW_HEIGHT}" role="img" aria-label="${title === '' ? at.join(', ') : title}">
    ${lanes.map((lane) => html`<line class="grid" x1="${xOf(lane)}" x2="${xOf(lane)}" y2="${ROW_HEIGHT}" />`)}
    ${
      ends.length > 1
        ? html`<line class="reach" x1="${Math.min(...ends)}" x2="${Math.max(...ends)}" y1="${middle}" y2="${middle}" />`
        : null
    }
    ${at.map((lane) => html`<circle class="${lane === from || from === null ? 'origin' : 'copy'}" cx="${xOf(lane)}" cy="${middle}" r="5" />`)}
  </svg>`;
}
