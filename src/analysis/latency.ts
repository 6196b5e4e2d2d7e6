import type { Column } from './columns.js';
import type { Latency } from './model.js';

/** Durations in whole microseconds, up to 35 minutes; what is longer counts as that. */
export type Durations = Column<Int32Array>;

export function recordDuration(durations: Durations, us: number): void {
  durations.push(Math.min(Math.max(Math.round(us), 0), 0x7fff_ffff));
}

/**
 * Nearest rank: the smallest value that at least `percent` of the values don't exceed.
 *
 * @param sorted ascending
 * @returns null without values
 */
export function nearestRank(sorted: Int32Array, percent: number): number | null {
  return sorted[Math.max(Math.ceil((percent / 100) * sorted.length), 1) - 1] ?? null;
}

/** @param parts durations in microseconds, such as one part a server */
export function latency(parts: readonly Durations[], timeouts: number): Latency {
  const sorted = joined(parts).sort();
  const ms = (percent: number) => {
    const us = nearestRank(sorted, percent);
    return us === null ? null : us / 1000;
  };
  return { p50: ms(50), p90: ms(90), p99: ms(99), max: ms(100), answered: sorted.length, timeouts };
}

function joined(parts: readonly Durations[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part.view(), at);
    at += part.length;
  }
  return all;
}
