import { createHash } from 'node:crypto';
import { closeSync, fstatSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { openRegularFile } from '../../files/regular-file.js';
import { HEADER_BYTES, LAYOUT_BYTES_AT } from './format.js';
import { journalParts } from './parts.js';
import { decoded, decodeRecord, RECORD_BYTES } from './record.js';

/**
 * How much of a journal is read to tell whether it is the one that its run wrote. `whole` is every byte. `spots` are at most
 * eight blocks of each part, the first and the last among them: a list of a thousand runs can't read all their journals.
 */
export type Depth = 'whole' | 'spots';

const BLOCK_BYTES = 65_536;
const SPOTS = 8;

/** SHA-256, hexadecimal. `beginnings` has that of the first bytes of each part, by the name of its file. */
export type JournalDigests = Record<Depth, string> & { beginnings: Record<string, string> };

/** So much of the records tells runs apart: they have the times of the first messages. */
const BEGINNING_BYTES = 16 * RECORD_BYTES;

/** Undefined where the journal can't be read: whoever judges it says why. */
export function digestsOf(path: string): JournalDigests | undefined {
  try {
    const beginnings = journalParts(path).map((part) => [basename(part), beginningOf(part)] as const);
    return {
      ...{ whole: digestOf(path, 'whole'), spots: digestOf(path, 'spots') },
      beginnings: Object.fromEntries(
        beginnings.flatMap(([name, digest]) => (digest === undefined ? [] : [[name, digest]])),
      ),
    };
  } catch {
    return undefined;
  }
}

export function digestOf(path: string, depth: Depth): string {
  const hash = createHash('sha256');
  for (const { bytes } of blocksOf(path, depth)) hash.update(bytes);
  return hash.digest('hex');
}

/** Whether each part that is there still begins as it was written. A part that is too short by now tells nothing. */
export function beginsAsWritten(path: string, { beginnings }: Pick<JournalDigests, 'beginnings'>): boolean {
  return journalParts(path).every((part) => {
    const written = beginnings[basename(part)];
    const found = beginningOf(part);
    return found === undefined || found === written;
  });
}

/** Undefined for a part with fewer records than that. */
function beginningOf(part: string): string | undefined {
  const file = openRegularFile(part);
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    readSync(file, header, 0, HEADER_BYTES, 0);
    const begins = Buffer.alloc(HEADER_BYTES + header.readUInt32LE(LAYOUT_BYTES_AT) + BEGINNING_BYTES);
    if (begins.length > fstatSync(file).size) return undefined;
    readSync(file, begins, 0, begins.length, 0);
    return createHash('sha256').update(begins).digest('hex');
  } finally {
    closeSync(file);
  }
}

/** Whether all that is read are records. For a journal without a digest, this is all that can be told. */
export function hasOnlyRecords(path: string, depth: Depth): boolean {
  const into = decoded();
  let start = 0;
  for (const { at, bytes } of blocksOf(path, depth)) {
    if (at === 0) start = HEADER_BYTES + bytes.readUInt32LE(LAYOUT_BYTES_AT);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let offset = Math.max(0, start - at); offset + RECORD_BYTES <= bytes.length; offset += RECORD_BYTES)
      if (decodeRecord(view, offset, into) === undefined) return false;
  }
  return true;
}

/** The blocks of all parts, of which each overwrites the one before. A header is a multiple of a record, so a block is too. */
function* blocksOf(path: string, depth: Depth): Generator<{ at: number; bytes: Buffer }> {
  const block = Buffer.alloc(BLOCK_BYTES);
  for (const part of journalParts(path)) {
    const file = openRegularFile(part);
    try {
      const count = Math.ceil(fstatSync(file).size / BLOCK_BYTES);
      const taken = depth === 'whole' ? count : Math.min(count, SPOTS);
      for (let index = 0; index < taken; index++) {
        const place = taken === count ? index : Math.floor((index * (count - 1)) / (taken - 1));
        const at = place * BLOCK_BYTES;
        yield { at, bytes: block.subarray(0, readSync(file, block, 0, BLOCK_BYTES, at)) };
      }
    } finally {
      closeSync(file);
    }
  }
}
