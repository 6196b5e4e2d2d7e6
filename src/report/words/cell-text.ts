import type { SideBySideRow } from '../side-by-side/side-by-side.js';
import { count, milliseconds, rate, UNKNOWN } from './numbers.js';
import { percent } from './percent.js';

/** The text of a value with its unit. A dash if the run does not have the figure. */
export function cellText(value: number | string | null, unit: SideBySideRow['unit']): string {
  if (value === null) return UNKNOWN;
  if (typeof value === 'string') return value;
  switch (unit) {
    case 'percent':
      return percent(value);
    case 'ms':
      return `${milliseconds(value)} ms`;
    case 'ratio':
      return rate(value);
    case 'count':
      return count(value);
    case 'text':
      return String(value);
  }
}
