/**
 * How pages, tables and the screen show figures. A dash stands for a figure that the source does not tell, or that has nothing to divide
 * by.
 */
import { counted, number } from '../../observations/counted.js';

export const UNKNOWN = '–';

/** Such as `357`, `12,345`. */
export function count(value: number | null): string {
  return value === null ? UNKNOWN : number(value);
}

/**
 * A rate or a ratio: whole from 100, with at most one decimal from 10, with at most two below. Such as `10`, `9.98`,
 * `47.6`, `1,204`.
 */
export function rate(value: number): string {
  const parts = value >= 100 ? 1 : value >= 10 ? 10 : 100;
  return number(Math.round(value * parts) / parts);
}

/**
 * Milliseconds: without decimals from 100, with one decimal from 1, with two below 1. Such as `0.42`, `8.7`, `64.6`,
 * `1,204`.
 */
export function milliseconds(value: number | null): string {
  if (value === null) return UNKNOWN;
  if (value >= 100) return count(Math.round(value));
  return value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

/** Such as `39 s`, `2 min 5 s`, `1 h 4 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.round((whole % 3_600) / 60)} min`;
}

export function plural(value: number, one: string, more = `${one}s`): string {
  return counted(value, one, more);
}
