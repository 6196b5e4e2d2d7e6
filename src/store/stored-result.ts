import { join } from 'node:path';
import { HarnessError, messageOf } from '../errors.js';
import { currentResult } from '../report/result/older-results.js';
import { isThere } from '../files/entries.js';
import { readJsonOf } from '../files/regular-file.js';
import { readHint } from '../files/why-not.js';
import { whyUnread } from '../files/why-unread.js';
import { type Result, resultSchema } from '../results/result.js';
import { checkOwnFiles } from './own-files.js';
import { requireRunDirectory, STORED } from './stored-files.js';
import { judgeStoredRun } from './stored-run.js';

/**
 * The stored result of a run, as it was judged at its end. A run that was killed before its judgement is judged now.
 * So is a run whose journal was cut since: its stored result tells of more than is there.
 * Errors: SOURCE for what is no run directory, or is damaged.
 */
export function storedResult(directory: string): Result {
  requireRunDirectory(directory);
  const path = join(directory, STORED.result);
  if (!isThere(path)) return judgeStoredRun(directory);
  let value: unknown;
  try {
    value = readJsonOf(path);
  } catch (error) {
    throw damaged(path, messageOf(error), error);
  }
  const { data, error } = resultSchema.safeParse(currentResult(value));
  if (data !== undefined)
    return checkOwnFiles(directory, data, 'whole') === 'cut' ? judgeStoredRun(directory) : data;
  throw damaged(path, whyUnread(error));
}

function damaged(path: string, why: string, error?: unknown): HarnessError {
  return new HarnessError('SOURCE', `${path} can't be read: ${why}`, {
    hint: readHint(error, 'move the file away; the run is then judged again from its journal and evidence'),
  });
}
