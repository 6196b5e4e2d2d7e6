import { HarnessError } from '../errors.js';

/** An option's value where it is a whole number in its bounds. Errors: USAGE. */
export function wholeWithin(value: number, option: string, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new HarnessError('USAGE', `${option} ${value} is no whole number from ${least} to ${most}`);
}
