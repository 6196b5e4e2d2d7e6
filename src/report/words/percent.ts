import { percentOf } from '../../numbers.js';
import { UNKNOWN } from './numbers.js';

/** Such as `33.4%`, `100%`; never rounds up to 100%. A dash for null, where there is nothing to divide by. */
export function percent(value: number | null): string {
  return value === null ? UNKNOWN : percentOf(value);
}
