import { z } from 'zod';
import { REPRODUCTION_VERDICTS, VERDICTS } from '../results/check.js';
import { HISTORY_LINES } from './lines.js';
import { OUTCOMES } from '../results/run-outcome.js';

/** The schema of `trend --json`, from which the page is made too: the runs of each scenario in the order of time. */

const count = z.int().min(0);
const figures = z
  .object({
    line: z.string().describe('the case; with its lease type where one message leases both'),
    ...Object.fromEntries(
      HISTORY_LINES.map(({ key, meaning }) => [key, z.number().min(0).nullable().describe(meaning)]),
    ),
  })
  .describe('of one case of one run; null where the run does not tell');
/** The figures of a line, by the keys of {@link HISTORY_LINES}. */
export type TrendFigures = z.output<typeof figures>;

/** The value of a line of the history, by its key. */
export function historyValue(figures: TrendFigures | undefined, key: string): number | null {
  const value = (figures as Readonly<Record<string, unknown>> | undefined)?.[key];
  return typeof value === 'number' ? value : null;
}

const run = z.object({
  directory: z.string().describe('absolute path'),
  name: z.string().describe('path below the directory that was searched'),
  link: z.string().nullable().describe('from the page to that of the run, or to its directory'),
  startedAt: z.iso.datetime().describe('UTC'),
  seconds: z
    .number()
    .min(0)
    .nullable()
    .describe(
      'how long it took; null where it is not known, as for a killed run or after the clock was set back',
    ),
  verdict: z
    .enum(VERDICTS)
    .nullable()
    .describe('the conformance verdict; null where the run could not be made'),
  reproduction: z
    .enum(REPRODUCTION_VERDICTS)
    .nullable()
    .describe('the reproduction verdict; null where no figures are expected, or the run could not be made'),
  outcome: z.enum(OUTCOMES),
  why: z
    .string()
    .describe(
      'checks that do not hold, expected figures that are outside, premises that were not kept, or why the run could not be made; empty where all is well',
    ),
  versions: z.record(z.string(), z.string()).describe('Kea, database and the like, by name'),
  changes: z.array(z.string()).describe('versions that differ from those of the run before'),
  figures: z.array(figures),
});
export type TrendRun = z.output<typeof run>;

export const LAPSES_AFTER_DAYS = 7;

const group = z.object({
  scenario: z.string(),
  name: z.string().describe('the scenario; of a run of a suite file its own name, such as stress 200-dhcp4'),
  settings: z.string().describe('the settings in which its runs differ from other runs of the same scenario'),
  runs: z.array(run).describe('oldest first'),
  redSince: count
    .nullable()
    .describe('the run that turned it red, by its place in `runs`; null where it is not red'),
  lapsed: z
    .boolean()
    .describe(
      `its last run is more than ${LAPSES_AFTER_DAYS} days older than the newest run of all series, such as that of an experiment; it does not make the whole page red`,
    ),
});
export type TrendGroup = z.output<typeof group>;

export const trendSchema = z.object({
  schemaVersion: z.literal(1),
  groups: z
    .array(group)
    .describe('a scenario with the same settings each; runs of different settings are never mixed'),
  searchedRates: count.describe(
    'runs of find-limit; it tries rates until one is too high, so they form no series',
  ),
  passedOver: z.array(
    z
      .object({
        path: z.string(),
        why: z.string(),
        isRun: z.literal(true).optional().describe('it is a run that can not be read, and may be red'),
      })
      .describe('a directory that is no run, or a damaged run'),
  ),
});
export type Trend = z.output<typeof trendSchema>;
