import type { SideBySideRow } from '../side-by-side/side-by-side.js';

/** The text of a value with its unit. A dash if the run does not have the figure. */
export function cellText(value: number | string | null, unit: SideBySideRow['unit']): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  switch (unit) {
    case 'percent':
      return `${Math.round(value * 10) / 10}%`;
    case 'ms':
      return `${value.toFixed(1)} ms`;
    case 'ratio':
      return value.toFixed(2);
    case 'count':
    case 'text':
      return String(value);
  }
}
