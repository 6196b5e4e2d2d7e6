import { HarnessError } from '../../errors.js';
import { onlyOne } from './once-only-option.js';

/**
 * Returns the option's value if it is given once and is a whole number within bounds.
 *
 * @throws HarnessError USAGE
 */
export function wholeWithin(given: number | number[], option: string, least: number, most: number): number {
  const value = onlyOne<number>(option, 'number')(given);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new HarnessError('USAGE', `${option} ${value} is no whole number from ${least} to ${most}`);
}
