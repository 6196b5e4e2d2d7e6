import { z } from 'zod';

/** The schemas that several blocks of the scenario schema share. */

export const path = z.string().min(1);
export const milliseconds = z.number().min(0).max(3_600_000);
/** Per second. */
export const rate = z.number().positive().max(100_000);
export const percent = z.number().min(0).max(100);
export const lowThenHigh = ([low, high]: [number, number]) => low <= high;
export const ORDERED = { message: 'must be [lower bound, upper bound]' };
export const percentRange = z.tuple([percent, percent]).refine(lowThenHigh, ORDERED);
