import { closeSync, readSync } from 'node:fs';
import { HarnessError } from '../errors.js';
import { kindAt } from '../files/entries.js';
import { openRegularFile } from '../files/regular-file.js';
import { shellWords } from '../terminal/shell-words.js';
import { ownCommand } from '../tool.js';

/** An error with code SOURCE, for a command that takes run directories and was given a file. */
export function fileInsteadOfRun(path: string): HarnessError {
  return new HarnessError('SOURCE', `${path} is a file, not a run directory`, {
    hint: judgedByAnalyze(path),
  });
}

/** A hint for a file that no run has written: how to judge it. */
export function judgedByAnalyze(path: string): string {
  return `name a run directory such as reports/latest; captures and perfdhcp logs are judged by \`${ownCommand(`analyze ${shellWords([path])}`)}\``;
}

/** Errors: SOURCE for a file. The code that reads the path reports whatever else is wrong with it. */
export function refuseFile(path: string): void {
  let kind;
  try {
    kind = kindAt(path);
  } catch {
    return;
  }
  if (kind === 'file') throw fileInsteadOfRun(path);
}

/**
 * Whether a file may be one that this program wrote: those are JSON, and no capture or log begins like JSON. True
 * also for a file that can't be read; the code that reads it reports why.
 */
export function beginsAsJson(path: string): boolean {
  let file;
  try {
    file = openRegularFile(path);
    const start = Buffer.alloc(64);
    return start.toString('latin1', 0, readSync(file, start)).trimStart().startsWith('{');
  } catch {
    return true;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
