import { closeSync, readSync } from 'node:fs';
import { messageOf } from '../../errors.js';
import { kindAt } from '../../files/entries.js';
import { openRegularFile } from '../../files/regular-file.js';
import { isCapture } from './capture/file/file-format.js';
import { isGzip, startInside } from './capture/file/gzip.js';
import { foreignFormat } from './foreign-formats.js';
import { isPerfdhcpLog } from './perfdhcp/log.js';
import { shellWords } from '../../terminal/shell-words.js';
import { sourceError } from '../source-error.js';

export type SourceKind = 'run' | 'perfdhcp' | 'capture';

const HINT =
  'name a run directory, the outputs of `perfdhcp -x l` (one file for each server), or a capture (pcap, pcapng, also with gzip)';

/** The first bytes of a file that are looked at; enough to recognise its format. */
const START_BYTES = 4_096;

/** The kind of the source at `path`, recognised by its content. Errors: SOURCE if it can't be judged. */
export function sourceKind(path: string): SourceKind {
  const start = startOf(path);
  if (start === 'directory') return 'run';
  if (start.length === 0) throw sourceError(path, 'it is empty', HINT);
  if (isGzip(start)) return insideOfGzip(path, startInside(start));
  if (isCapture(start)) return 'capture';
  const format = foreignFormat(start);
  if (format !== undefined) throw sourceError(path, `it is ${format.what}`, format.mend(path));
  const text = start.toString('latin1');
  if (isPerfdhcpLog(text)) return 'perfdhcp';
  if (text.startsWith('KEALEASE')) {
    throw sourceError(path, 'a journal alone does not tell which scenario was run', 'name its run directory');
  }
  if (/^\s*\{/.test(text) && /"schemaVersion"/.test(text)) {
    throw sourceError(
      path,
      'it is the result of a judgement, not a source for one',
      'name its run directory',
    );
  }
  throw sourceError(path, 'this program does not know its format', HINT);
}

/** Accepts a capture inside a gzip file. For any other content, the error says how to unpack the file. */
function insideOfGzip(path: string, start: Buffer): SourceKind {
  if (start.length === 0) throw sourceError(path, 'it is a damaged gzip file, or an empty one', HINT);
  if (isCapture(start)) return 'capture';
  const inside = foreignFormat(start)?.what ?? 'something other than a capture';
  throw sourceError(
    path,
    `it is ${inside} inside a gzip file`,
    `unpack it with \`${shellWords(['gzip', '-dk', path])}\`, then name what was in it`,
  );
}

function startOf(path: string): Buffer | 'directory' {
  let file;
  try {
    if (kindAt(path) === 'directory') return 'directory';
    file = openRegularFile(path);
    const start = Buffer.alloc(START_BYTES);
    return start.subarray(0, readSync(file, start));
  } catch (error) {
    throw sourceError(path, messageOf(error), HINT);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
