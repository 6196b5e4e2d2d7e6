import { z } from 'zod';
import { CASE_KINDS } from '../../protocol/cases.js';
import { percentRange } from './primitives.js';

const reproduced = z
  .strictObject({
    duplicatePercent: percentRange.describe('first phase: 100 d/N'),
    appearancePercent: percentRange.describe('first phase: 100 d/D'),
  })
  .partial()
  .describe('the ranges of a case, each [from, to] in percent');

/** `published`: the article's figures to compare a run with. */
export const published = z
  .strictObject({
    table: z.enum(['galera', 'percona']).describe("the article's table to compare with"),
    tolerance: z
      .partialRecord(z.enum(CASE_KINDS), reproduced)
      .default({})
      .describe(
        "the ranges in which figures count as reproduced. They apply to the article's experiment only (three servers for each case, aligned); other experiments can't be compared",
      ),
  })
  .optional()
  .describe('the published figures shown beside the results; null with --set leaves them out');
