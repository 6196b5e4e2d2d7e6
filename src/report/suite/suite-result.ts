import { z } from 'zod';
import { VERDICTS } from '../../analysis/model.js';
import { OUTCOMES } from '../outcome.js';
import type { SideBySideRow } from '../side-by-side.js';
import { limitSchema } from './limit-schema.js';

/** `suite.json`: several runs that belong together, each in a directory beside it. */

const UNITS = ['count', 'percent', 'ms', 'ratio', 'text'] as const satisfies readonly SideBySideRow['unit'][];

const sideBySide = z.object({
  suite: z.string(),
  columns: z.array(z.string()),
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

const suiteRun = z.object({
  name: z
    .string()
    .describe("in a suite file the run's own, else the scenario's, with a number where it is run again"),
  scenario: z.string(),
  repetitionOf: z
    .string()
    .optional()
    .describe('with --repeat: what it is one of several runs of, which differ in the seed alone'),
  directory: z.string().min(1).describe('beside suite.json; not there where the run could not be made'),
  verdict: z.enum(VERDICTS).nullable().describe('null where the run could not be made'),
  outcome: z.enum(OUTCOMES),
  exitCode: z.int().min(0),
  failure: runFailureSchema.nullable().optional().describe('why the run could not be made'),
});
export type SuiteRun = z.output<typeof suiteRun>;

export const suiteSchema = z.object({
  schemaVersion: z.literal(1),
  name: z.string().optional().describe('of its file; all for --all, suite for a list of scenarios'),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  exitCode: z
    .int()
    .min(0)
    .describe(
      "the worst of the runs', in the order 70, 69, 64, 1, 3, 4, 2, 0; of find-limit 0 where a rate was found and conformance held",
    ),
  runs: z.array(suiteRun),
  limit: limitSchema.optional(),
  tables: z.array(sideBySide).describe('of each suite file that was run: its runs side by side'),
});
export type Suite = z.output<typeof suiteSchema>;
