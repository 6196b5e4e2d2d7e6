import type { FaultsResult } from '../../../results/faults.js';
import { waitedForUndoing, wasFelt } from '../../words/faults.js';
import { seconds } from '../../words/seconds.js';
import { html, type Content, type Markup } from '../markup.js';
import { place, textIn, type Stretch } from './lane.js';

/** A first lease of a server after the beginning of an undoing, or of several. */
interface FirstLease {
  atMs: number;
  /** From the beginning of each undoing. */
  afterMs: readonly number[];
}

/**
 * The longest time without a lease of each fault, and the first lease after its undoing, in one row. What several
 * faults have in common is drawn once. A text gives way to the next thing in the row.
 */
export function waits(server: string, { faults }: FaultsResult, top: number, lengthMs: number): Content {
  const felt = faults.flatMap((fault) =>
    fault.servers.filter((one) => one.server === server && wasFelt(one)).map((seen) => ({ fault, seen })),
  );
  const gaps = new Map<string, Stretch>();
  const leases = new Map<number, FirstLease>();
  for (const { fault, seen } of felt) {
    const { longestGapMs, longestGapFromMs = null, firstLeaseAfterMs } = seen;
    if (longestGapMs !== null && longestGapFromMs !== null)
      gaps.set([longestGapFromMs, longestGapMs].join(), {
        fromMs: longestGapFromMs,
        untilMs: longestGapFromMs + longestGapMs,
      });
    if (fault.undoBeganAtMs === null || firstLeaseAfterMs === null || !waitedForUndoing(fault, seen))
      continue;
    const atMs = Math.round(fault.undoBeganAtMs + firstLeaseAfterMs);
    const afterMs = [...(leases.get(atMs)?.afterMs ?? []), firstLeaseAfterMs];
    leases.set(atMs, { atMs, afterMs });
  }
  const [lines, signs] = [[...gaps.values()], [...leases.values()]];
  return [
    lines.map((one) => gap(one, top, lengthMs)),
    signs.map((one) => firstLease(one, freeUntil(one.atMs, lines, signs, lengthMs), top, lengthMs)),
  ];
}

/** A line and the sign at its end may be apart by as much of the axis. */
const SAME = 1 / 300;

/** How far a text has room that begins at a moment: until the next line or sign, and not at all on a line. */
function freeUntil(
  atMs: number,
  lines: readonly Stretch[],
  signs: readonly FirstLease[],
  lengthMs: number,
): number {
  const next = [
    ...lines
      .filter(({ untilMs }) => untilMs > atMs + SAME * lengthMs)
      .map(({ fromMs }) => Math.max(atMs, fromMs)),
    ...signs.map((one) => one.atMs).filter((other) => other > atMs),
  ];
  return Math.min(lengthMs, ...next);
}

/** A line with an end on each side. */
function gap({ fromMs, untilMs }: Stretch, top: number, lengthMs: number): Markup {
  const [from, until] = [place(fromMs, lengthMs), place(untilMs, lengthMs)];
  const y = top + 6;
  return html`<g class="mark gap"
    ><title>${seconds(untilMs - fromMs)} without a lease, from ${seconds(fromMs)} to ${seconds(untilMs)}</title
    ><line x1="${from}" x2="${until}" y1="${y}" y2="${y}" /><line
      x1="${from}"
      x2="${from}"
      y1="${y - 3}"
      y2="${y + 3}"
    /><line x1="${until}" x2="${until}" y1="${y - 3}" y2="${y + 3}"
  /></g>`;
}

function firstLease({ atMs, afterMs }: FirstLease, untilMs: number, top: number, lengthMs: number): Markup {
  const after =
    afterMs.length === 1
      ? `${seconds(afterMs[0] ?? 0)} after the undoing began`
      : `${afterMs.map(seconds).join(' and ')} after undoings began`;
  const [first = '', ...others] = afterMs.map((ms) => `+${seconds(ms)}`);
  const texts = [after, [first, ...others].join(', '), ...(others.length === 0 ? [] : [`${first} …`])];
  return html`<g class="mark first-lease"
    ><title>the first lease ${after}, at ${seconds(atMs)}</title
    ><svg x="${place(atMs, lengthMs)}" y="${top + 2}">${firstLeaseSign()}</svg
    >${textIn(texts, { fromMs: atMs, untilMs }, lengthMs, { y: top + 11, indent: 8 })}</g
  >`;
}

/** A triangle whose tip points at its place. */
export function firstLeaseSign(): Markup {
  return html`<path class="first-lease-sign" d="M0 0l5 9h-10z" />`;
}
