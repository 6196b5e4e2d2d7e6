import { join } from 'node:path';
import { HarnessError } from '../errors.js';
import { isThere } from '../files/entries.js';
import { readJsonOf } from '../files/regular-file.js';
import { readHint } from '../files/why-not.js';
import { whyUnread } from '../files/why-unread.js';
import { suiteSchema, type Suite } from '../report/suite-result.js';
import { outcomeOfRate } from '../report/rates/words.js';
import { STORED } from './stored-files.js';

/** A run of a suite, and its directory. */
export interface StoredSuiteRun {
  name: string;
  scenario: string;
  directory: string;
  /** Whether the run has a result. */
  wasRun: boolean;
  /** The name of the scenario that this run is a repetition of; undefined where the run is not repeated. */
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

/** The content of `suite.json`; undefined and errors as for {@link readSuite}. */
export function storedSuite(directory: string): Suite | undefined {
  const path = join(directory, SUITE);
  // Somebody may have put a suite into the directory of a run. Such a directory counts as a run.
  if (!isThere(path) || isThere(join(directory, STORED.facts))) return undefined;
  try {
    return withOutcomesOfRates(suiteSchema.parse(readJsonOf(path)));
  } catch (error) {
    throw new HarnessError('SOURCE', `${path} can't be read: ${whyUnread(error)}`, {
      hint: readHint(error, `name its runs, the directories beside ${SUITE}`),
    });
  }
}

/** Older versions called every rate `not held` that did not hold, whatever the reason. Its trial tells it. */
function withOutcomesOfRates(suite: Suite): Suite {
  const { limit, limits = [] } = suite;
  const trials = (limit === undefined ? limits : [limit]).flatMap((one) => one.trials);
  const runs = suite.runs.map((run) => {
    const own = trials.filter((trial) => trial.run === run.name);
    return run.outcome === 'not held' && own.length > 0 ? { ...run, outcome: outcomeOfRate(own) } : run;
  });
  return { ...suite, runs };
}
