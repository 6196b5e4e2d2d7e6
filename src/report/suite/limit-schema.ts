import { z } from 'zod';
import { shortSchema } from '../../results/resources.js';

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
      "not driven: the harness, or what keeps it from its work, could not offer this rate; can't tell: it was answered, and conformance is inconclusive",
    ),
  withoutTimelyAnswerPercent: percent
    .nullable()
    .describe('of the exchanges started, in the case where it was most; null where none was'),
  why: z.string().describe('what made it that, in words'),
  short: shortSchema,
  violations: z.array(z.string()).describe('checks of conformance that failed at this rate'),
});
export type Trial = z.output<typeof trial>;

export const limitSchema = z
  .object({
    cases: z.array(z.string()).describe('driven side by side'),
    serversPerCase: z.int().min(1).describe('each given that rate'),
    arrival: z.string().describe('as load.arrival'),
    seconds: z.number().positive().describe('how long each rate was offered'),
    maxWithoutTimelyAnswerPercent: percent.describe('what a rate must keep to, in every case'),
    resolutionPercent: percent
      .optional()
      .describe('how near the two rates were to come; absent where the rates were stated'),
    highestPerServer: rate.nullable().describe('the highest rate that held; null where none did'),
    nextPerServer: rate.nullable().describe('the lowest that did not; null where none was tried'),
    answer: z.array(z.string()).describe('the same in sentences'),
    trials: z.array(trial).describe('in the order in which they were made'),
  })
  .describe('the highest rate, and what every other came to');
export type Limit = z.output<typeof limitSchema>;
