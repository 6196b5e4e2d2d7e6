import { z } from 'zod';
import { REPRODUCTION_VERDICTS, VERDICTS } from '../results/check.js';
import { OUTCOMES } from '../results/run-outcome.js';
import type { SideBySideRow } from './side-by-side/side-by-side.js';
import { limitSchema } from './limit-schema.js';

/** The schema of `suite.json`. A suite is several runs that belong together, each in a directory beside this file. */

const UNITS = ['count', 'percent', 'ms', 'ratio', 'text'] as const satisfies readonly SideBySideRow['unit'][];

const sideBySide = z.object({
  suite: z.string(),
  columns: z.array(z.string()),
  runsAreRows: z.boolean().optional().describe('whether the table is shown with a row for each run'),
  rows: z.array(
    z.object({
      case: z.string(),
      phase: z.string(),
      figure: z.string(),
      unit: z.enum(UNITS),
      values: z.array(z.union([z.number(), z.string(), z.null()])),
      spread: z
        .object({
          median: z.number(),
          min: z.number(),
          max: z.number(),
          quartiles: z.tuple([z.number(), z.number()]).readonly().nullable(),
        })
        .nullable()
        .optional()
        .describe('of repetitions; quartiles from five values on'),
    }),
  ),
});

export const runFailureSchema = z.object({
  code: z.string().describe('a stable code, such as PREREQUISITE'),
  message: z.string(),
  hint: z.string().optional().describe('what to do about it'),
});
export type RunFailure = z.output<typeof runFailureSchema>;

const verdict = z
  .enum(VERDICTS)
  .nullable()
  .describe('the conformance verdict; null where the run could not be made');
const reproduction = z
  .enum(REPRODUCTION_VERDICTS)
  .nullable()
  .describe('the reproduction verdict; null where no figures are expected, or the run could not be made');

/** A suite's reports are written from its runs, and into their directories. So it must not name those of somebody else. */
const ownDirectory = z
  .string()
  .min(1)
  .refine(
    (path) => !path.startsWith('/') && path.split('/').every((part) => !['', '.', '..'].includes(part)),
    {
      error: "it is no directory below the suite's own",
    },
  );

const suiteTry = z.object({
  directory: ownDirectory.describe('beside suite.json'),
  verdict,
  reproduction,
  outcome: z.enum(OUTCOMES),
  exitCode: z.int().min(0).describe('of the try by itself'),
});
export type SuiteTry = z.output<typeof suiteTry>;

const suiteRun = z.object({
  name: z
    .string()
    .describe("in a suite file the run's own, else the scenario's, with a number where it is run again"),
  scenario: z.string(),
  repetitionOf: z
    .string()
    .optional()
    .describe('with --repeat: the name of the run that is repeated; the repetitions differ only in the seed'),
  column: z
    .string()
    .optional()
    .describe('heading of its column in the table of its suite file; several cases may share one'),
  directory: ownDirectory.describe(
    'directory beside suite.json, of the try that counts; it does not exist if the run could not be made',
  ),
  verdict,
  reproduction: reproduction.optional(),
  outcome: z.enum(OUTCOMES),
  exitCode: z.int().min(0).describe("the exit code of the run, which counts for the suite's exit code"),
  tries: z
    .array(suiteTry)
    .optional()
    .describe('in order, where a run that could not tell was made again; the last one counts'),
  failure: runFailureSchema.nullable().optional().describe('why the run could not be made'),
});
export type SuiteRun = z.output<typeof suiteRun>;

export const suiteSchema = z.object({
  schemaVersion: z.literal(1),
  name: z
    .string()
    .optional()
    .describe('name of the suite file; all for --all, suite for a list of scenarios'),
  description: z.string().optional().describe('what was tested; absent in files of older versions'),
  argv: z
    .array(z.string())
    .optional()
    .describe('the command line that makes all runs; absent in files of older versions'),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  exitCode: z
    .int()
    .min(0)
    .describe(
      "the worst of the runs', in the order 70, 69, 64, 1, 3, 4, 2, 0; of find-limit, and of a suite with limits, 0 where a rate was found and conformance held",
    ),
  runs: z.array(suiteRun),
  limit: limitSchema.optional().describe('of find-limit, all cases together'),
  limits: z
    .array(limitSchema)
    .optional()
    .describe('of a suite that states highestRate, such as stress: one a case'),
  tables: z.array(sideBySide).describe('of each suite file that was run: its runs side by side'),
});
export type Suite = z.output<typeof suiteSchema>;
