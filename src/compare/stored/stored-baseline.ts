import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { HarnessError } from '../../errors.js';
import { readJsonOf } from '../../files/regular-file.js';
import { whyUnread } from '../../files/why-unread.js';
import { circumstancesOf } from '../circumstances.js';
import type { Measured } from '../measured.js';
import { currentResult } from '../../report/result/older-results.js';
import { type Result, resultSchema } from '../../results/result.js';
import { shownPath } from '../../store/report-directory.js';
import { ownCommand } from '../../tool.js';

/**
 * A baseline, to compare runs of a scenario with: `reports/baselines/SCENARIO/KEY.json`. It holds the part of the
 * results that a comparison needs. So it outlives the run directory, and can be kept with the source of what is
 * tested.
 */
const baselineSchema = z.object({
  schemaVersion: z.literal(1),
  scenario: z.string(),
  markedAt: z.iso.datetime(),
  /** The run directories, relative to the directory of all baselines. */
  runs: z.array(z.string().min(1)).min(1),
  results: z.array(z.preprocess(currentResult, resultSchema)).min(1),
});

export interface StoredBaseline {
  /** The path of the file. */
  path: string;
  scenario: string;
  /** UTC, ISO 8601. */
  markedAt: string;
  /** Absolute paths; the directories may be gone. */
  runs: readonly string[];
  results: readonly [Result, ...Result[]];
}

/** A hint for a file that lies where baselines are kept. */
const MARK_AGAIN = `mark the run once more with \`${ownCommand('baseline set RUN')}\`, or remove the file`;

/**
 * Errors: SOURCE where the file is no baseline, damaged, or of another version.
 *
 * @param hint the hint of that error
 */
export function readBaseline(path: string, hint = MARK_AGAIN): StoredBaseline {
  try {
    const { scenario, markedAt, runs, results } = baselineSchema.parse(readJsonOf(path));
    // The runs' paths start from the real directory: the directory of all baselines may be a link into a repository.
    const all = realpathSync(dirname(dirname(resolve(path))));
    return {
      path,
      scenario,
      markedAt,
      runs: runs.map((run) => resolve(all, run)),
      results: results as [Result, ...Result[]],
    };
  } catch (error) {
    throw new HarnessError('SOURCE', `${path} can't be read as a baseline: ${whyUnread(error)}`, {
      hint,
    });
  }
}

/** The content of a baseline's file. */
export function baselineText(
  { scenario, markedAt, runs, results }: Omit<StoredBaseline, 'path'>,
  allBaselines: string,
): string {
  const stored: z.input<typeof baselineSchema> = {
    schemaVersion: 1,
    scenario,
    markedAt,
    runs: runs.map((run) => relative(allBaselines, run)),
    results: results.map(withoutEvidence),
  };
  return JSON.stringify(stored, null, 2) + '\n';
}

export function measuredOf({ path, scenario, results, runs }: StoredBaseline): Measured {
  const from = { kind: 'baseline', name: shownPath(path) } as const;
  return { name: scenario, from, results, directories: runs };
}

/**
 * Such as `published-galera/kea-2.2.0-galera-10.11.19-1f0c3d5e.json`. The name is for people: the content of the
 * files is what tells baselines apart.
 */
export function baselineFile(result: Result): string {
  const { environment, scenario } = result;
  const words =
    environment === null
      ? []
      : [
          'kea',
          environment.kea.version,
          environment.database.flavor,
          environment.database.version.split('-', 1)[0],
        ];
  const all = JSON.stringify([...circumstancesOf(result)].sort(([a], [b]) => (a < b ? -1 : 1)));
  const key = createHash('sha256').update(all).digest('hex').slice(0, 8);
  return join(scenario.name, `${[...words, key].join('-').replace(/[^\w.-]+/g, '_')}.json`);
}

/**
 * Removes the witnesses, findings and time series, which may be long and are in the run directory. Figures and counts
 * stay.
 */
function withoutEvidence(result: Result): Result {
  const { audit, cases, ...rest } = result;
  const counted = <T extends { findings: readonly unknown[]; omitted: number }>(one: T): T => ({
    ...one,
    findings: [],
    omitted: one.omitted + one.findings.length,
  });
  return {
    ...rest,
    audit: audit ? counted(audit) : audit,
    cases: cases.map((one) => ({
      ...one,
      witnesses: [],
      witnessesOmitted: one.witnessesOmitted + one.witnesses.length,
      series: null,
      audit: one.audit === null ? null : counted(one.audit),
    })),
  };
}
