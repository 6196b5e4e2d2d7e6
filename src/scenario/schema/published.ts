import { z } from 'zod';
import { CASE_KINDS } from '../../protocol/cases.js';
import { percentRange } from './primitives.js';

const reproduced = z
  .strictObject({
    duplicatePercent: percentRange.describe('first phase: 100 d/N'),
    appearancePercent: percentRange.describe('first phase: 100 d/D'),
  })
  .partial()
  .describe('of a case: what counts as reproduced, [from, to] in percent');

/** `published`: the article's figures to compare a run with. */
export const published = z
  .strictObject({
    table: z.enum(['galera', 'percona']).describe("the article's table to compare with"),
    tolerance: z
      .partialRecord(z.enum(CASE_KINDS), reproduced)
      .default({})
      .describe(
        "within these a figure counts as reproduced; outside, the run is not reproduced. They judge the article's experiment only: three servers a case, aligned; another one can't be compared",
      ),
  })
  .optional()
  .describe('the published figures shown beside the results; null with --set leaves them out');
