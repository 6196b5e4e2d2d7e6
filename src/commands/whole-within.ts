import { HarnessError } from '../errors.js';
import { onlyOne } from './only-one.js';

/** An option's value where it is given once, and a whole number in its bounds. Errors: USAGE. */
export function wholeWithin(given: number | number[], option: string, least: number, most: number): number {
  const value = onlyOne<number>(option, 'number')(given);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new HarnessError('USAGE', `${option} ${value} is no whole number from ${least} to ${most}`);
}
