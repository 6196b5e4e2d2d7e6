import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { cannotWrite } from '../files/cannot-write.js';
import { unfinishedPath } from './unfinished.js';

/**
 * Replaces a file once its new content is complete. Errors: STORAGE; the old file is then still there.
 *
 * @param option the option that names another place
 */
export function replaceFile(path: string, pieces: Iterable<string>, option?: string): void {
  const unfinished = unfinishedPath(path);
  const writing = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw cannotWrite(path, error, option);
    }
  };
  // A device or a pipe would become a file.
  const isOther = writing(() => statSync(path, { throwIfNoEntry: false }))?.isFile() === false;
  if (isOther) throw cannotWrite(path, new Error('it is no regular file'), option);
  const file = writing(() => openSync(unfinished, 'w'));
  try {
    for (const piece of pieces) writing(() => writeWhole(file, piece));
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  writing(() => renameSync(unfinished, path));
}

/** A write to a full disk may take only part of the bytes. */
export function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
