import type { ServerClock } from '../../results/clocks.js';

export interface Offset {
  offsetMs: number;
  uncertaintyMs: number;
}

/**
 * The best that a run knows of a server's time: what it wrote into its rows or into its log, whichever is known more
 * exactly. Statistics come last, as those of servers that others run are without a time zone.
 */
export function offsetOf({ rows, log, statistics }: ServerClock): Offset | null {
  if (rows === null || log === null) return rows ?? log ?? statistics;
  return log.uncertaintyMs < rows.uncertaintyMs ? log : rows;
}

const ZONE_STEP_MS = 15 * 60_000;

/** The difference of two time zones that is nearest to an offset: a multiple of a quarter of an hour. */
export function nearestZoneMs(offsetMs: number): number {
  return Math.round(offsetMs / ZONE_STEP_MS) * ZONE_STEP_MS;
}

/** Clocks of machines in different time zones may also differ a little. */
const ZONE_SLACK_MS = 60_000;

/** Whether an offset is one that two time zones have: a multiple of a quarter of an hour. */
export function isOfTimeZone({ offsetMs, uncertaintyMs }: Offset): boolean {
  const nearest = nearestZoneMs(offsetMs);
  return nearest !== 0 && Math.abs(offsetMs - nearest) <= ZONE_SLACK_MS + uncertaintyMs;
}

/**
 * `the same (±0.02 s)`, `30.00 s ahead (±0.02 s)`, `5 h 0 min behind (±0.02 s)`
 *
 * @param others what it is compared with, said only where the time is another one
 */
export function offsetText({ offsetMs, uncertaintyMs }: Offset, others?: string): string {
  const within = `(±${(Math.ceil(uncertaintyMs / 10) / 100).toFixed(2)} s)`;
  if (Math.abs(offsetMs) <= uncertaintyMs) return `the same ${within}`;
  return `${differenceText(offsetMs, others)} ${within}`;
}

/** `30.00 s ahead of the others`, `5 h 0 min behind the others` */
export function differenceText(offsetMs: number, others?: string): string {
  const isBehind = offsetMs < 0;
  const which = others === undefined ? '' : isBehind ? ` ${others}` : ` of ${others}`;
  return `${durationText(Math.abs(offsetMs))} ${isBehind ? 'behind' : 'ahead'}${which}`;
}

function durationText(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 600) return `${seconds.toFixed(2)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
