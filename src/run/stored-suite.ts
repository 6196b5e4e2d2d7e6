import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { VERDICTS } from '../analysis/model.js';
import { HarnessError, messageOf } from '../errors.js';
import { STORED } from './stored-files.js';

/** As much of `suite.json` as tells what runs there are. */
const suiteShape = z.object({
  schemaVersion: z.literal(1),
  runs: z.array(
    z.object({
      scenario: z.string(),
      directory: z.string().min(1),
      verdict: z.enum(VERDICTS).nullable(),
    }),
  ),
});

/** A run of a suite, by its directory. */
export interface StoredSuiteRun {
  scenario: string;
  directory: string;
  /** Whether it came to anything that can be judged. */
  wasRun: boolean;
}

/**
 * The runs of a suite in their order; undefined where the directory is no suite.
 * Errors: SOURCE where `suite.json` is damaged or of another version.
 */
export function readSuite(directory: string): StoredSuiteRun[] | undefined {
  const path = join(directory, SUITE);
  // A run may lie in a directory that somebody made one of a suite as well.
  if (!existsSync(path) || existsSync(join(directory, STORED.facts))) return undefined;
  try {
    return suiteShape.parse(JSON.parse(readFileSync(path, 'utf8'))).runs.map((run) => ({
      scenario: run.scenario,
      directory: join(directory, run.directory),
      wasRun: run.verdict !== null,
    }));
  } catch (error) {
    throw new HarnessError('SOURCE', `${path} can't be read: ${reasonOf(error)}`, {
      hint: `name its runs, the directories beside ${SUITE}`,
    });
  }
}

export const SUITE = 'suite.json';

function reasonOf(error: unknown): string {
  const [issue] = error instanceof z.ZodError ? error.issues : [];
  return issue === undefined ? messageOf(error) : `${issue.path.join('.')}: ${issue.message}`;
}
