import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { identify, isRunning } from '../processes/process-id.js';

/** A file that is being written is not older, on whatever machine that shares the directory. */
const LEFT_AFTER_MS = 3_600_000;

/**
 * The path under which a file or directory is written until it is complete, so that nobody reads a part of it. What a process
 * that was killed left half-written there is removed, an hour later.
 *
 * @param path the path of the complete one
 */
export function unfinishedPath(path: string): string {
  for (const left of leftBeside(path)) rmSync(left, { recursive: true, force: true });
  const { pid, startTime } = identify(process.pid) ?? { pid: process.pid, startTime: '0' };
  return `${beginning(path)}${pid}-${startTime}`;
}

/** What no other program names its files. */
function beginning(path: string): string {
  return join(dirname(path), `.${basename(path)}.unfinished-`);
}

function leftBeside(path: string): string[] {
  const begins = basename(beginning(path));
  return entriesOf(dirname(path))
    .filter((name) => name.startsWith(begins) && isOfDead(name.slice(begins.length)))
    .map((name) => join(dirname(path), name))
    .filter(isOld);
}

function isOfDead(suffix: string): boolean {
  const [, pid, startTime] = /^(\d+)-(\d+)$/.exec(suffix) ?? [];
  return pid !== undefined && startTime !== undefined && !isRunning({ pid: Number(pid), startTime });
}

function isOld(path: string): boolean {
  const changed = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return changed !== undefined && Date.now() - changed > LEFT_AFTER_MS;
}

/** Empty where the directory can't be read: whoever writes into it reports why. */
function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
