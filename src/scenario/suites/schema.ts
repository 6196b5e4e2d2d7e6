import { z } from 'zod';
import { scenarioSchema } from '../schema.js';
import { findShowProblem } from './show.js';

/**
 * A suite as its YAML file states it: the scenario of all runs or of each run, what each run changes in it, and the
 * figures to show side by side.
 */

/** `set:` takes the same dotted paths as `--set`. The value null removes an optional key. */
const set = z.record(z.string(), z.unknown());

const scenario = z.string().min(1);

/** The most runs of a suite, whether listed or made from a matrix. */
export const MOST_RUNS = 100;

const shownFigure = z.string().superRefine((text, context) => {
  const problem = findShowProblem(text);
  if (problem !== undefined)
    context.addIssue({ code: 'custom', message: problem.message, params: { problem } });
});

/** A figure without a label of its own is labelled with its name. */
const shown = z
  .preprocess(
    (entry) => (typeof entry === 'string' ? { figure: entry } : entry),
    z.strictObject({
      figure: shownFigure.describe('a figure as checks name it, such as first.duplicatePercent, or verdict'),
      as: z.string().min(1).max(40).optional().describe('heading of its row'),
    }),
  )
  .meta({ type: ['string', 'object'] });

export const suiteSchema = z.strictObject({
  name: scenarioSchema.shape.name,
  description: scenarioSchema.shape.description,
  scenario: scenario
    .optional()
    .describe('the scenario of every run that names none itself: a name, or a path from this file'),
  set: set.default({}).describe('what every run changes in it: pairs of path and value as for --set'),
  runs: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[a-zA-Z0-9][a-zA-Z0-9.-]{0,31}$/, {
            message:
              'must be letters, digits, dots and hyphens, at most 32, and in quotes where it is a number',
          })
          .describe("heading of the run's column, and name of its directory"),
        scenario: scenario.optional().describe('the scenario of this run; by default that of the suite'),
        set: set.default({}).describe('what this run changes, after what every run changes'),
        onlyWith: z
          .record(z.string(), z.unknown())
          .default({})
          .describe(
            'pairs of path and value without which the run makes no sense: it is left out where --set gives the path another value',
          ),
      }),
    )
    .min(1)
    .max(MOST_RUNS)
    .optional()
    .describe('the runs, one after the other'),
  matrix: z
    .record(z.string(), z.array(z.unknown()).min(1))
    .optional()
    .describe(`instead of runs: values for each path; every combination is a run, at most ${MOST_RUNS} runs`),
  oneCaseAtATime: z
    .boolean()
    .default(false)
    .describe(
      'splits each run into one for each case, shown in the same column, so that each case has the machine to itself',
    ),
  highestRate: z
    .strictObject({
      maxWithoutTimelyAnswerPercent: z
        .number()
        .min(0)
        .max(100)
        .default(2.5)
        .describe('how many exchanges of a case may go without a timely answer, in percent'),
    })
    .optional()
    .describe(
      'shows above the tables the highest rate of each case at which conformance passes and at most that percentage of the exchanges goes without a timely answer; a run at a higher rate is no failure',
    ),
  rows: z
    .enum(['figures', 'runs'])
    .default('figures')
    .describe(
      'what a row of the table is: a figure of a case, with a column for each run; or a run, with a column for each figure, which is the sum over the cases for a count, else the largest of any case',
    ),
  show: z
    .array(shown)
    .min(1)
    .describe('the figures of the table, such as first.duplicatePercent, as checks name them, or verdict'),
});

/** A suite file, defaults filled in. */
export type SuiteFile = z.output<typeof suiteSchema>;
