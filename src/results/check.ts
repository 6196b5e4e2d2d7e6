import { z } from 'zod';
import { whole } from './registry/figure.js';
import { shortageSchema } from './resources.js';

/** The schema of a check, and of the two halves of a verdict. */

export const VERDICTS = ['pass', 'fail', 'inconclusive'] as const;
export type Verdict = (typeof VERDICTS)[number];
export const verdictSchema = z.enum(VERDICTS);

export const checkSchema = z.object({
  name: z.string().min(1).describe('name of a built-in check, or text of a check that the scenario states'),
  case: z.string().describe('empty for the whole run'),
  phase: z.string().describe('empty for the whole case'),
  expected: z.string().describe('in words'),
  actual: z.string().describe('in words'),
  verdict: verdictSchema.describe('of this check'),
  count: z
    .object({
      found: whole.describe('violations'),
      of: whole.nullable().describe('how many were judged; null if there is no such number'),
    })
    .optional()
    .describe('of a check that counts violations; absent in results of earlier versions'),
  short: z
    .object({
      found: z.string().describe('what the check found by itself: `actual` without what was short'),
      of: z.array(shortageSchema).describe('what was short meanwhile'),
    })
    .optional()
    .describe('where something was short; absent in results of earlier versions'),
  known: z
    .object({
      cause: z.string().describe('an entry of docs/reference/causes.md'),
      text: z.string().describe('what shows it, in words'),
    })
    .optional()
    .describe('a known failure of the scenario, whose cause the run shows: the verdict is pass'),
});
export type Check = z.output<typeof checkSchema>;

export const REPRODUCTION_VERDICTS = ['reproduced', 'not reproduced', "can't tell"] as const;
export type ReproductionVerdict = (typeof REPRODUCTION_VERDICTS)[number];

/** Whether an experiment showed the figures that are expected of it. It can tell only if it kept its premises. */
export const reproductionSchema = z.object({
  verdict: z
    .enum(REPRODUCTION_VERDICTS)
    .describe("can't tell: a premise was not kept, or a figure is not known"),
  reason: z.string().describe('one sentence'),
  figures: z
    .array(checkSchema)
    .describe('expected figures; inconclusive: not known, or outside while a premise was not kept'),
  premises: z.array(checkSchema).describe('inconclusive: not kept'),
});
export type Reproduction = z.output<typeof reproductionSchema>;
