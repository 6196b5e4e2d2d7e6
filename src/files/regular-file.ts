import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { messageOf } from '../errors.js';
import { whyNot } from './why-not.js';

/**
 * This folder reads files on the disk: files that runs have stored, and files that the command line names. Whatever
 * lies at a path, nothing here waits for it: a pipe without a writer or a device without an end is refused. Every
 * function throws an `Error` whose message says why, such as `it is a directory`. The caller adds the path and what
 * to do.
 */

/**
 * The limit for files that are read as a whole. It is more than any such file of a run, and less than the longest
 * text that Node can hold.
 */
const LARGEST_BYTES = 256 * 1024 * 1024;

/** The limit for a file of certificates. No such file is larger. */
export const CERTIFICATE_BYTES = 4 * 1024 * 1024;

/** Opens a file for reading. The caller closes the descriptor. Throws for all but regular files. */
export function openRegularFile(path: string): number {
  let file: number;
  try {
    // Without O_NONBLOCK the opening of a pipe would wait for its writer.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    throw new Error(whyNot(error), { cause: error });
  }
  const stat = fstatSync(file);
  if (stat.isFile()) return file;
  closeSync(file);
  throw new Error(stat.isDirectory() ? 'it is a directory' : 'it is not a regular file');
}

/**
 * Reads a regular file.
 *
 * @param limitBytes a larger file is refused
 */
export function readBytesOf(path: string, limitBytes = LARGEST_BYTES): Buffer {
  const file = openRegularFile(path);
  try {
    // Files of /proc state no size.
    const bytes = Buffer.alloc(Math.min(Math.max(fstatSync(file).size, 65_536), limitBytes) + 1);
    const chunks: Buffer[] = [];
    let total = 0;
    for (let got = readSync(file, bytes); got > 0; got = readSync(file, bytes)) {
      total += got;
      if (total > limitBytes) throw new Error(`it is larger than ${sizeText(limitBytes)}`);
      chunks.push(Buffer.from(bytes.subarray(0, got)));
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw new Error(whyNot(error), { cause: error });
  } finally {
    closeSync(file);
  }
}

/** Reads a regular file as UTF-8. */
export function readTextOf(path: string, limitBytes = LARGEST_BYTES): string {
  return readBytesOf(path, limitBytes).toString('utf8');
}

export function readJsonOf(path: string): unknown {
  const text = readTextOf(path);
  if (text.trim() === '') throw new Error('it is empty');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not JSON: ${messageOf(error)}`, { cause: error });
  }
}

function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${bytes / 1024} KiB` : `${bytes / 1024 / 1024} MiB`;
}
