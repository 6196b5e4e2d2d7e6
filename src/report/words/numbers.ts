/**
 * How pages, tables and the screen show figures. A dash stands for a figure that the source does not tell, or that has nothing to divide
 * by.
 */
import { counted, number, shown } from '../../numbers.js';

export const UNKNOWN = '–';

/** Such as `357`, `12,345`. */
export function count(value: number | null): string {
  return value === null ? UNKNOWN : number(value);
}

/**
 * Milliseconds: without decimals from 100, with one decimal from 1, with two below 1. Such as `0.42`, `8.7`, `64.6`,
 * `1,204`.
 */
export function milliseconds(value: number | null): string {
  return value === null ? UNKNOWN : shown(value, 'ms');
}

/** A ratio or a rate: without decimals from 100, with at most one from 10, with at most two below. Such as `1.33`, `33.3`, `250`. */
export function ratio(value: number | null): string {
  return value === null ? UNKNOWN : shown(value, 'ratio');
}

/** Such as `39 s`, `2 min 5 s`, `1 h 4 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.round((whole % 3_600) / 60)} min`;
}

/** A time that something lasted, at most: in milliseconds up to ten seconds, then longer units. Such as `812 ms`, `5 min 39 s`. */
export function lasting(ms: number): string {
  return ms < 10_000 ? `${count(Math.ceil(ms))} ms` : duration(Math.ceil(ms / 1_000));
}

export function plural(value: number, one: string, more = `${one}s`): string {
  return counted(value, one, more);
}
