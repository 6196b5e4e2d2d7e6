import { join } from 'node:path';
import { HarnessError } from '../../errors.js';
import { isThere } from '../../files/entries.js';
import { readJsonOf } from '../../files/regular-file.js';
import { whyUnread } from '../../files/why-unread.js';
import { comparisonsSchema, type Comparisons } from '../comparison.js';
import { ownCommand } from '../../tool.js';

/** The file's name in the directory of the run or suite. The file holds what `compare --json` prints. */
export const COMPARISON_FILE = 'comparison.json';

/**
 * The comparison that `run --baseline` stored; undefined where none was asked for.
 * Errors: SOURCE where the file is damaged or of another version.
 */
export function storedComparison(directory: string): Comparisons | undefined {
  const path = join(directory, COMPARISON_FILE);
  if (!isThere(path)) return undefined;
  try {
    return comparisonsSchema.parse(readJsonOf(path));
  } catch (error) {
    throw new HarnessError('SOURCE', `${path} can't be read: ${whyUnread(error)}`, {
      hint: `remove the file, then compare the suite with its baseline again: \`${ownCommand('compare')}\``,
    });
  }
}
