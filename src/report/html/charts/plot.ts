/** What charts with two axes have in common: their room, the grid of values, and the axis of time with its events. */
import { html, type Content, type Markup } from '../markup.js';
import { count } from '../../words/numbers.js';
import { CHART_WIDTH, rounded } from './svg.js';
import { happenings, secondTicks, type TimeAxis } from './time-axis.js';

/** Where values begin and end. There is room for a number of six digits on the left, and for half a tick on the right. */
export const LEFT = 46;
export const RIGHT = CHART_WIDTH - 12;
export const BOTTOM = 146;
/** The height of a chart with a line of ticks and one with their unit. */
export const HEIGHT = BOTTOM + 32;
/** Above the values there is room for the labels of events. */
export const TOP = 20;
const LABELS = 14;

/** A horizontal line at each value, with its number on the left. */
export function valueGrid(ticks: readonly { value: number; y: number }[]): Content {
  return ticks.map(
    ({ value, y }) =>
      html`<path class="grid" d="M${LEFT} ${y}H${RIGHT}" /><text class="tick end" x="${LEFT - 5}" y="${y + 4}"
          >${tickText(value)}</text
        >`,
  );
}

/** The numbers below a chart, and what they count. */
export function ticksBelow(ticks: readonly { value: number; x: number }[], unit: string): Content {
  return [
    ticks.map(
      ({ value, x }) => html`<text class="tick" x="${x}" y="${BOTTOM + 15}">${tickText(value)}</text>`,
    ),
    html`<text class="tick unit" x="${RIGHT}" y="${BOTTOM + 29}">${unit}</text>`,
  ];
}

/** The room of a threshold's text above its line. */
const TEXT = { character: 6, height: 14 };

/**
 * A value that is not to be exceeded, with its text above the line: on the right, or on the left where a curve would run through it.
 *
 * @param heights where the curves are at some place; a curve that is not there has none
 */
export function thresholdAt(
  y: number,
  text: string,
  heights: (x: number) => readonly number[] = () => [],
): Markup {
  const width = TEXT.character * text.length;
  const isFree = (from: number) =>
    Array.from({ length: 9 }, (_, step) => from + (step * width) / 8).every((x) =>
      heights(x).every((height) => height < y - 4 - TEXT.height || height > y),
    );
  const isRight = isFree(RIGHT - width) || !isFree(LEFT + 3);
  return html`<path class="threshold" d="M${LEFT} ${y}H${RIGHT}" /><text class="tick ${isRight ? 'end' : 'start'}" x="${isRight ? RIGHT : LEFT + 3}" y="${y - 4}"
      >${text}</text
    >`;
}

/** The numbers of axes: below 1 with all their decimals. */
function tickText(value: number): string {
  return value < 1 ? String(value) : count(value);
}

/** The spans of a chart over time: buckets, or times between two samples. */
export interface Spans {
  axis: TimeAxis;
  /** When each span begins and when the last one ends, milliseconds of the run's clock. */
  edgesMs: readonly number[];
}

/** The horizontal axis of a chart over time. What was before second 0 of the axis is not shown. */
export interface TimeFrame {
  /** The place of the beginning of a span; of the end, for the number of spans. */
  x: (span: number) => number;
  /** The spans that are shown, from 0. */
  shown: readonly number[];
  /** Behind the values: the faults. */
  behind: Content;
  /** In front of them: other events and the ticks. */
  before: Content;
  /** @param titleOf the tip for a span, which begins and ends at these milliseconds since second 0 of the axis */
  strips: (titleOf: (span: number, fromMs: number, untilMs: number) => string) => Content;
}

export function timeFrame({ axis, edgesMs }: Spans): TimeFrame {
  const sinceZero = edgesMs.map((ms) => ms - axis.zeroMs);
  const lengthMs = Math.max(axis.lengthMs, sinceZero.at(-1) ?? 0, 1);
  const at = (ms: number) => rounded(LEFT + (RIGHT - LEFT) * Math.min(1, Math.max(0, ms / lengthMs)));
  const x = (span: number) => at(sinceZero[span] ?? lengthMs);
  const shown = sinceZero.slice(1).flatMap((_, span) => (x(span + 1) > x(span) ? [span] : []));
  const { behind, before } = happenings(axis, at, { right: RIGHT, top: TOP - LABELS, bottom: BOTTOM });
  return {
    x,
    shown,
    behind,
    before: [
      before,
      ticksBelow(
        secondTicks(lengthMs).map((value) => ({ value, x: at(value * 1_000) })),
        axis.unit,
      ),
    ],
    strips: (titleOf) =>
      shown.map((span) => {
        const title = titleOf(span, Math.max(0, sinceZero[span] ?? 0), sinceZero[span + 1] ?? 0);
        const width = rounded(x(span + 1) - x(span));
        // A path has a third fewer bytes than a rectangle, and a page has thousands of strips.
        return html`<path class="hit mark" d="M${x(span)} ${TOP}h${width}v${BOTTOM - TOP}h-${width}z"><title>${title}</title></path>`;
      }),
  };
}

/** The edges of buckets of one length, from the run's start. */
export function edgesOf(buckets: number, bucketMs: number): number[] {
  return Array.from({ length: buckets + 1 }, (_, bucket) => bucket * bucketMs);
}
