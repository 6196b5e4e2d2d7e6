import { z } from 'zod';
import { whole } from './registry/figure.js';

/** The schema of the comparison with the published figures. */

/** `partly-reproduced`: within the tolerances, but another share of the requests than in the article got no lease. */
export const COMPARISON_WORDS = [
  'reproduced',
  'partly-reproduced',
  'not-reproduced',
  'not-comparable',
] as const;
export type ComparisonWord = (typeof COMPARISON_WORDS)[number];

const phaseComparison = z.object({
  phase: z.string().describe('such as DISCOVER-OFFER'),
  published: z.object({
    duplicateLeases: whole.describe('d'),
    responses: whole.describe('N'),
    duplicatePercent: z.number().describe('100 d/N, rounded down as printed'),
    appearancePercent: z.number().nullable().describe('100 d/D, rounded down as printed'),
    line: z.string().describe('as printed in the article'),
  }),
  word: z.enum(COMPARISON_WORDS).describe('how the run compares, by published.tolerance'),
  reasons: z.array(z.string()).describe('why not, and what the word alone does not say'),
});

export const publishedSchema = z.object({
  table: z.enum(['galera', 'percona']).describe("the article's table"),
  source: z.string().describe('where it was published'),
  phases: z.array(phaseComparison),
});

export type PhaseComparison = z.output<typeof phaseComparison>;
export type PublishedComparison = z.output<typeof publishedSchema>;
