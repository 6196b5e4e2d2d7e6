import { z } from 'zod';
import { HarnessError } from '../errors.js';
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

/** What a result says of which run it is. */
export type Named = Pick<Result, 'startedAt' | 'finishedAt'> & {
  scenario: Pick<Result['scenario'], 'name' | 'seed'>;
};

/** The JSON of two files. Undefined where one is missing or can't be read: the code that judges by it reports that. */
export interface OtherFiles {
  facts: unknown;
  evidence: unknown;
}

/**
 * Errors: SOURCE where facts or evidence are of another run than the result.
 *
 * @param result the result that is stored in the directory
 */
export function requireOneRun(directory: string, result: Named, others: OtherFiles): void {
  const begun = facts.safeParse(others.facts).data;
  const ended = evidence.safeParse(others.evidence).data;
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

function isOther(one: string, other: string): boolean {
  return Date.parse(one) !== Date.parse(other);
}
