import { join } from 'node:path';
import { z } from 'zod';
import { HarnessError } from '../errors.js';
import { isThere } from '../files/entries.js';
import { readJsonOf } from '../files/regular-file.js';
import type { Result } from '../results/result.js';
import { STORED } from './stored-files.js';

/**
 * Somebody may have copied files of one run over those of another. Only what says which run it is is read here, as a run of an
 * older version may have facts that this version no longer reads.
 */
const facts = z.object({
  scenario: z.object({ name: z.string() }),
  seed: z.number(),
  startedAt: z.iso.datetime(),
});
const evidence = z.object({ finishedAt: z.iso.datetime() });

/**
 * Errors: SOURCE where facts or evidence are of another run than the result.
 *
 * @param result the result that is stored in the directory
 */
export function requireOneRun(directory: string, result: Result): void {
  const begun = readAs(join(directory, STORED.facts), facts);
  const ended = readAs(join(directory, STORED.evidence), evidence);
  const { name, seed } = result.scenario;
  const refuse = (file: string, why: string) => {
    throw new HarnessError('SOURCE', `${directory} has files of two runs: ${file} ${why}`, {
      hint: 'put the files of its own run back',
    });
  };
  if (begun !== undefined) {
    if (begun.scenario.name !== name)
      refuse(STORED.facts, `is of ${begun.scenario.name}, and ${STORED.result} of ${name}`);
    if (seed !== null && begun.seed !== seed)
      refuse(STORED.facts, `has the seed ${begun.seed}, and ${STORED.result} ${seed}`);
    if (result.startedAt !== null && isOther(begun.startedAt, result.startedAt))
      refuse(STORED.facts, `begins at ${begun.startedAt}, and ${STORED.result} at ${result.startedAt}`);
  }
  if (ended !== undefined && result.finishedAt !== null && isOther(ended.finishedAt, result.finishedAt))
    refuse(STORED.evidence, `ends at ${ended.finishedAt}, and ${STORED.result} at ${result.finishedAt}`);
}

/** Undefined where the file is missing or can't be read: the code that judges by it reports that. */
function readAs<T>(path: string, schema: z.ZodType<T>): T | undefined {
  if (!isThere(path)) return undefined;
  try {
    return schema.safeParse(readJsonOf(path)).data;
  } catch {
    return undefined;
  }
}

function isOther(one: string, other: string): boolean {
  return Date.parse(one) !== Date.parse(other);
}
