import { lstatSync, readdirSync, statSync } from 'node:fs';
import { whyNot } from './why-not.js';

/**
 * Whether anything lies at a path, even a link that leads nowhere. True where this can't be told: reading the path
 * then says why.
 */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

export type Kind = 'file' | 'directory' | 'other';

/**
 * What kind of thing a path leads to; undefined where there is nothing. Throws, as reading does, where the kind can't
 * be told.
 */
export function kindAt(path: string): Kind | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    return stat.isDirectory() ? 'directory' : stat.isFile() ? 'file' : 'other';
  } catch (error) {
    throw new Error(whyNot(error), { cause: error });
  }
}

/**
 * The names in a directory, in order; none where the directory is not there. Throws where the path is no directory,
 * or can't be read.
 */
export function namesIn(directory: string): string[] {
  const kind = kindAt(directory);
  if (kind === undefined) return [];
  if (kind !== 'directory') throw new Error('it is not a directory');
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    throw new Error(whyNot(error), { cause: error });
  }
}
