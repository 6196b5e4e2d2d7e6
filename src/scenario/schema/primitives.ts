import { z } from 'zod';

/** The schemas that several blocks of the scenario schema share. */

export const path = z.string().min(1);
/** Of a program. Without quotes, YAML reads 2.6 as a number, and 3.0 as the number 3. */
export const version = z
  .preprocess(
    (value) => (typeof value === 'number' ? (Number.isInteger(value) ? `${value}.0` : String(value)) : value),
    z.string().regex(/^\d{1,3}(\.\d{1,3}){1,2}$/, { message: 'must be a version such as 2.6 or 2.6.3' }),
  )
  .meta({ type: ['string', 'number'] });
export const milliseconds = z.number().min(0).max(3_600_000);
/** Per second. */
export const rate = z.number().positive().max(100_000);
export const percent = z.number().min(0).max(100);
export const lowThenHigh = ([low, high]: [number, number]) => low <= high;
export const ORDERED = { message: 'must be [lower bound, upper bound]' };
export const percentRange = z.tuple([percent, percent]).refine(lowThenHigh, ORDERED);
