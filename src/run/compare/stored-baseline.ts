import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { HarnessError, messageOf } from '../../errors.js';
import { readJsonOf } from '../../files/regular-file.js';
import { circumstancesOf } from '../../report/compare/circumstances.js';
import type { Measured } from '../../report/compare/compare.js';
import { currentResult } from '../../report/older-results.js';
import { resultSchema, type Result } from '../../report/result.js';
import { shownPath } from '../report-directory.js';
import { ownCommand } from '../../tool.js';

/**
 * What runs of a scenario are compared with: `reports/baselines/SCENARIO/KEY.json`. It holds what a comparison needs of the
 * results, so that it outlives the run directory, and can be kept with the source of what is tested.
 */
const baselineSchema = z.object({
  schemaVersion: z.literal(1),
  scenario: z.string(),
  markedAt: z.iso.datetime(),
  /** The run directories, from the directory of all baselines. */
  runs: z.array(z.string().min(1)).min(1),
  results: z.array(z.preprocess(currentResult, resultSchema)).min(1),
});

export interface StoredBaseline {
  /** Of the file. */
  path: string;
  scenario: string;
  /** UTC, ISO 8601. */
  markedAt: string;
  /** Absolute; they may be gone. */
  runs: readonly string[];
  results: readonly [Result, ...Result[]];
}

/** Of a file that lies where baselines are kept. */
const MARK_AGAIN = `mark the run once more with \`${ownCommand('baseline set RUN')}\`, or remove the file`;

/**
 * Errors: SOURCE where it is no baseline, damaged, or of another version.
 *
 * @param hint what to do then
 */
export function readBaseline(path: string, hint = MARK_AGAIN): StoredBaseline {
  try {
    const { scenario, markedAt, runs, results } = baselineSchema.parse(readJsonOf(path));
    // Where they lead from when it is written: the directory of all may be a link into a repository.
    const all = realpathSync(dirname(dirname(resolve(path))));
    return {
      path,
      scenario,
      markedAt,
      runs: runs.map((run) => resolve(all, run)),
      results: results as [Result, ...Result[]],
    };
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const why = issue === undefined ? messageOf(error) : `${issue.path.join('.')}: ${issue.message}`;
    throw new HarnessError('SOURCE', `${path} can't be read as a baseline: ${why}`, {
      hint,
    });
  }
}

/** The content of the file. */
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

export function measuredOf({ path, scenario, results }: StoredBaseline): Measured {
  return { name: scenario, from: { kind: 'baseline', name: shownPath(path) }, results };
}

/** `published-galera/kea-2.2.0-galera-10.11.19-1f0c3d5e.json`: for people; what tells baselines apart is what is in them. */
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

/** Figures and counts stay; what shows them in detail may be long, and lies in the run directory. */
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
