import { z } from 'zod';

/**
 * The result of a comparison: the schema of `comparison.json` and of `compare --json`, and the source of their types.
 */

export const COMPARISON_SCHEMA_VERSION = 1;

const number = z.number().nullable();

const spread = z
  .object({
    values: z.array(number).describe('in the order of the runs; null where one has no such figure'),
    median: z.number().describe('of the values'),
    min: z.number().describe('the lowest'),
    max: z.number().describe('the highest'),
    quartiles: z
      .tuple([z.number(), z.number()])
      .readonly()
      .nullable()
      .describe('the first and the third; null below five values'),
  })
  .nullable();

const word = z.enum(['regression', 'better', 'within', 'not-compared']);

const side = z.object({
  kind: z.enum(['run', 'baseline', 'published']).describe('what it is; baseline: one that was marked'),
  name: z.string().describe('the directory, the file of the baseline, or the article'),
  startedAt: z.string().nullable().describe('start of its first run'),
  runs: z.int().min(0).describe('how many runs its figures come from'),
  directories: z
    .array(z.string())
    .optional()
    .describe('absolute paths of these runs, which may be gone; absent for the article'),
  versions: z
    .record(z.string(), z.string())
    .optional()
    .describe('Kea, database and the like of the first run, by name; absent for the article'),
});

const figure = z.object({
  case: z.string().describe('empty for a figure of the whole run'),
  phase: z.string().describe('empty for a figure of the case'),
  figure: z.string().describe('its name, as in result.json'),
  unit: z.enum(['count', 'percent', 'ms']).describe('of the values'),
  worse: z
    .enum(['more', 'less', 'either'])
    .describe('which direction is worse; either: the figure should stay the same'),
  baseline: spread.describe('in the baseline; null if it has no such figure'),
  run: spread.describe('in the run; null if it has no such figure'),
  change: number.describe(
    'from the baseline to the run: between the medians, or for counts of violations between the largest counts',
  ),
  allowed: number.describe(
    'the largest change for the worse that is no regression; null if the figure is not compared',
  ),
  allowedPercent: number.describe('the same in percent of the baseline, if the tolerance is stated so'),
  word: word.describe(
    "judgement of the change; within: not more than allowed, or within the baseline's spread",
  ),
});

const verdict = z.object({
  run: z.string().describe('`pass`; of several runs `4 pass, 1 fail`'),
  baseline: z.string().describe('the same of the baseline'),
  word: word.describe('judgement of the change'),
  reasons: z.array(z.string()).describe('the checks that do not hold any more'),
});

const comparison = z.object({
  name: z.string().describe("the scenario's, or in a suite the run's"),
  outcome: z.enum(['regression', 'no-regression', 'not-comparable']).describe('result of the comparison'),
  onlyCounts: z
    .boolean()
    .optional()
    .describe(
      'whether percentages, latency and rate were not compared, as the machine of a run fell short: `reasons` says why',
    ),
  notAsExpected: z
    .boolean()
    .optional()
    .describe(
      'whether nothing got worse, but the run is not as its scenario expects, as little as the baseline: `reasons` says why',
    ),
  regressions: z.array(z.string()).describe('a sentence each, the worst first'),
  run: side.describe('what was compared'),
  baseline: side.describe('with what'),
  differences: z
    .array(
      z.object({
        what: z.string().describe('a version, a setting'),
        run: z.string().describe('now'),
        baseline: z.string().describe('then'),
      }),
    )
    .describe('differences in the circumstances; if there are figures, they were compared nevertheless'),
  reasons: z.array(z.string()).describe("why it can't be compared, or not all of it"),
  verdict: verdict.describe('the conformance verdicts, judged by what the scenario expects'),
  reproduction: verdict
    .nullable()
    .optional()
    .describe('of reproduction, likewise; null where neither expects any figures'),
  figures: z.array(figure).describe('every figure, conformance first in each case'),
});

export const comparisonsSchema = z.object({
  schemaVersion: z.literal(COMPARISON_SCHEMA_VERSION).describe('raised where a field changes its meaning'),
  exitCode: z
    .int()
    .describe('3 for a regression, 2 where something can not be compared or is missing, else 0'),
  comparisons: z.array(comparison).describe('one a run; in a suite of repetitions one for all of them'),
  notes: z.array(z.string()).describe('runs that were not compared, and why'),
  missing: z
    .array(z.string())
    .optional()
    .describe('runs of the baseline that have no result here: nobody knows how they would have compared'),
});

/** The comparisons of several runs, each with its own baseline. */
export type Comparisons = z.output<typeof comparisonsSchema>;
export type Comparison = z.output<typeof comparison>;
export type FigureComparison = z.output<typeof figure>;
export type Side = z.output<typeof side>;
export type ComparisonOutcome = Comparison['outcome'];
