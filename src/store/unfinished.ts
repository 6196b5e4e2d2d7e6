import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { identify } from '../processes/process-id.js';

/**
 * The path under which a file or directory is written until it is complete, so that nobody reads a part of it. What a process
 * that was killed left half-written there is removed.
 *
 * @param path the path of the complete one
 */
export function unfinishedPath(path: string): string {
  for (const left of leftBeside(path)) rmSync(left, { recursive: true, force: true });
  return `${path}.${process.pid}`;
}

function leftBeside(path: string): string[] {
  const begins = `${basename(path)}.`;
  return entriesOf(dirname(path))
    .filter((name) => name.startsWith(begins) && isOfDead(name.slice(begins.length)))
    .map((name) => join(dirname(path), name));
}

function isOfDead(suffix: string): boolean {
  return /^[1-9]\d*$/.test(suffix) && identify(Number(suffix)) === null;
}

/** Empty where the directory can't be read: whoever writes into it reports why. */
function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
