import { z } from 'zod';
import { shortSchema } from '../results/resources.js';

/** The schema of the limits in `suite.json`. */

export const RATE_OUTCOMES = ['held', 'exceeded', 'not driven', "can't tell"] as const;

const rate = z.number().positive();
const percent = z.number().min(0);

const trial = z.object({
  ratePerServer: rate.describe('first attempts a second on each server'),
  run: z.string().describe('the name of its run'),
  outcome: z
    .enum(RATE_OUTCOMES)
    .describe(
      "exceeded: too many exchanges without a timely answer; not driven: the harness or its machine could not offer this rate; can't tell: the rate was answered, but conformance is inconclusive, or other programs kept the machine busy",
    ),
  withoutTimelyAnswerPercent: percent
    .nullable()
    .describe('of the exchanges started, in the case with the highest share; null if none was started'),
  why: z.string().describe('the reason for the outcome, in words'),
  open: z
    .string()
    .optional()
    .describe(
      "why a check of the run can't tell, at a rate that held by its answers; absent where every check can, and in files of older versions",
    ),
  short: shortSchema,
  busy: z
    .boolean()
    .optional()
    .describe(
      'true where no CPU was left for a tenth of the time, whatever used it; absent in files of older versions',
    ),
  violations: z.array(z.string()).describe('checks of conformance that failed at this rate'),
});
export type Trial = z.output<typeof trial>;

export const limitSchema = z
  .object({
    cases: z.array(z.string()).describe('driven side by side'),
    serversPerCase: z.int().min(1).describe('servers of each case; each of them gets the rate'),
    arrival: z.string().describe('as load.arrival'),
    seconds: z.number().positive().describe('how long each rate was offered'),
    maxWithoutTimelyAnswerPercent: percent.describe('the limit that a rate must keep in every case'),
    resolutionPercent: percent
      .optional()
      .describe('the resolution of the search; absent if the suite states the rates'),
    highestPerServer: rate.nullable().describe('the highest rate that held; null if none did'),
    nextPerServer: rate
      .nullable()
      .describe('the lowest higher rate that did not hold, for whatever reason; null if none was tried'),
    exceededPerServer: rate
      .nullable()
      .optional()
      .describe(
        'the lowest higher rate at which the limit was exceeded, which bounds the answer above; null if none is known; absent in files of older versions',
      ),
    answer: z.array(z.string()).describe('the same in sentences'),
    trials: z.array(trial).describe('in the order in which they were made'),
  })
  .describe('the highest rate that holds, and the outcome of every trial');
export type Limit = z.output<typeof limitSchema>;
