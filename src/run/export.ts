import { createWriteStream, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HarnessError } from '../errors.js';
import { exportedText, type ExportFormat } from '../observations/export/text.js';
import { openJournal } from '../observations/journal/journal.js';
import type { Anonymiser } from '../report/anonymise/anonymiser.js';
import { checkOwnJournal } from '../store/own-files.js';
import { requireRunDirectory, STORED } from '../store/stored-files.js';
import { readSuite } from '../store/stored-suite.js';
import { unfinishedPath } from '../store/unfinished.js';
import { cannotWrite } from '../files/cannot-write.js';

export interface ExportRequest {
  directory: string;
  format: ExportFormat;
  /** A file that does not exist yet, or a stream, which is not closed. */
  to: string | Writable;
  /** Replaces addresses and names; by default they stay as they are. */
  anonymiser?: Anonymiser | undefined;
}

/**
 * Writes a run's journal as text, as fast as the reader takes it. The export ends when the reader goes away. A file
 * appears only once it is complete.
 * Errors: SOURCE for what is no run directory; USAGE where the file exists already; STORAGE where it can't be
 * written.
 *
 * @returns bytes of the incomplete record that the journal ends in; 0 where the journal is complete
 */
export async function exportRun({ directory, format, to, anonymiser }: ExportRequest): Promise<number> {
  refuseSuite(directory);
  requireRunDirectory(directory);
  checkOwnJournal(directory);
  const journal = openJournal(join(directory, STORED.journal));
  const text = Readable.from(exportedText(anonymiser?.journal(journal) ?? journal, format), {
    highWaterMark: 2,
  });
  try {
    if (typeof to === 'string') await writeWhole(text, to);
    else await pipeline(text, to, { end: false });
  } catch (error) {
    throwUnlessGone(error, to);
  }
  return journal.cutOffBytes;
}

/** Errors: SOURCE for a suite: one journal is exported at a time. */
function refuseSuite(directory: string): void {
  const runs = readSuite(directory)?.filter(({ wasRun }) => wasRun);
  if (runs === undefined) return;
  const named = runs.map((run) => run.directory).join(' ');
  throw new HarnessError(
    'SOURCE',
    `${directory} is a suite of ${runs.length} runs; only one run can be exported at a time`,
    {
      hint: runs.length === 0 ? 'none of its runs has a result' : `name one of them: ${named}`,
    },
  );
}

/** Writes under another name in the same directory, and renames the file once all is written. */
async function writeWhole(text: Readable, path: string): Promise<void> {
  if (existsSync(path)) {
    throw new HarnessError('USAGE', `--out ${path} exists already`, {
      hint: 'name a file that does not exist',
    });
  }
  const unfinished = unfinishedPath(path);
  try {
    // The file is opened at once. A stream opens its file later, maybe after the text has failed and the file was
    // removed.
    await pipeline(text, createWriteStream(unfinished, { fd: openSync(unfinished, 'wx') }));
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

function throwUnlessGone(error: unknown, to: ExportRequest['to']): void {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (error instanceof HarnessError) throw error;
  const isFile = typeof to === 'string';
  if (!isFile && (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED')) return;
  if (!(error instanceof Error) || !('syscall' in error)) throw error;
  throw cannotWrite(isFile ? to : 'standard output', error);
}
