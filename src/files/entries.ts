import { lstatSync, readdirSync, statSync } from 'node:fs';
import { whyNot } from './why-not.js';

/** Whether anything stands at a path, be it a link that leads nowhere. What can't be told is left to the reading. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

export type Kind = 'file' | 'directory' | 'other';

/** What a path leads to; undefined where that is not there. Throws, as reading does, where it can't be told. */
export function kindAt(path: string): Kind | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    return stat.isDirectory() ? 'directory' : stat.isFile() ? 'file' : 'other';
  } catch (error) {
    throw new Error(whyNot(error), { cause: error });
  }
}

/** The names in a directory, in order; none where it is not there. Throws where it is no directory, or can't be read. */
export function namesIn(directory: string): string[] {
  const kind = kindAt(directory);
  if (kind === undefined) return [];
  if (kind !== 'directory') throw new Error('it is no directory');
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    throw new Error(whyNot(error), { cause: error });
  }
}
