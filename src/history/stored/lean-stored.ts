import { join } from 'node:path';
import { HarnessError, messageOf } from '../../errors.js';
import { readJsonOf } from '../../files/regular-file.js';
import { whyUnread } from '../../files/why-unread.js';
import { currentResult } from '../../report/result/older-results.js';
import { checkOwnFiles } from '../../store/own-files.js';
import { readFacts, STORED, type StoredFacts } from '../../store/stored-files.js';
import { judgeStoredRun } from '../../store/stored-run.js';
import type { ToldRun } from '../groups.js';
import { leanResultSchema, type LeanResult } from '../lean-result.js';

/** What a run without a result wrote to `run.json` before it failed; undefined where it failed before that. */
export function toldFacts(directory: string): { startedAt: string; told: ToldRun } | undefined {
  let facts: StoredFacts;
  try {
    facts = readFacts(directory);
  } catch {
    return undefined;
  }
  const { startedAt, seed, argv, tool, scenario } = facts;
  const told = { name: scenario.name, effective: { ...scenario }, seed, argv: [...argv] };
  return { startedAt, told: { scenario: told, tool, environment: null, source: null } };
}

/** The result of a run. A run whose journal was cut since is judged again. Errors: SOURCE. */
export function leanResult(directory: string): LeanResult {
  let value: unknown;
  try {
    value = readJsonOf(join(directory, STORED.result));
  } catch (error) {
    throw new HarnessError('SOURCE', `${STORED.result} can't be read: ${messageOf(error)}`);
  }
  const { data, error } = leanResultSchema.safeParse(currentResult(value));
  if (data !== undefined)
    return checkOwnFiles(directory, data, 'spots') === 'cut'
      ? leanResultSchema.parse(judgeStoredRun(directory))
      : data;
  throw new HarnessError(
    'SOURCE',
    `${STORED.result} is damaged, or not of this program: ${whyUnread(error)}`,
  );
}
