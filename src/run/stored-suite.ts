import { join } from 'node:path';
import { z } from 'zod';
import { HarnessError, messageOf } from '../errors.js';
import { isThere } from '../files/entries.js';
import { readJsonOf } from '../files/regular-file.js';
import { suiteSchema, type Suite } from '../report/suite/suite-result.js';
import { STORED } from './stored-files.js';

/** A run of a suite, by its directory. */
export interface StoredSuiteRun {
  name: string;
  scenario: string;
  directory: string;
  /** Whether it came to anything that can be judged. */
  wasRun: boolean;
  /** What it is one of several runs of; undefined where it is the only one. */
  repetitionOf: string | undefined;
}

export const SUITE = 'suite.json';

/**
 * The runs of a suite in their order; undefined where the directory is no suite.
 * Errors: SOURCE where `suite.json` is damaged or of another version.
 */
export function readSuite(directory: string): StoredSuiteRun[] | undefined {
  return storedSuite(directory)?.runs.map((run) => ({
    name: run.name,
    scenario: run.scenario,
    directory: join(directory, run.directory),
    wasRun: run.verdict !== null,
    repetitionOf: run.repetitionOf,
  }));
}

/** The same as a whole. */
export function storedSuite(directory: string): Suite | undefined {
  const path = join(directory, SUITE);
  // A run may lie in a directory that somebody made one of a suite as well.
  if (!isThere(path) || isThere(join(directory, STORED.facts))) return undefined;
  try {
    return suiteSchema.parse(readJsonOf(path));
  } catch (error) {
    throw new HarnessError('SOURCE', `${path} can't be read: ${reasonOf(error)}`, {
      hint: `name its runs, the directories beside ${SUITE}`,
    });
  }
}

function reasonOf(error: unknown): string {
  const [issue] = error instanceof z.ZodError ? error.issues : [];
  return issue === undefined ? messageOf(error) : `${issue.path.join('.')}: ${issue.message}`;
}
