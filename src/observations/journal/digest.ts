import { createHash } from 'node:crypto';
import { closeSync, fstatSync, readSync } from 'node:fs';
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

/** SHA-256 of what is read at each depth, hexadecimal. */
export type JournalDigests = Record<Depth, string>;

/** Undefined where the journal can't be read: whoever judges it says why. */
export function digestsOf(path: string): JournalDigests | undefined {
  try {
    return { whole: digestOf(path, 'whole'), spots: digestOf(path, 'spots') };
  } catch {
    return undefined;
  }
}

export function digestOf(path: string, depth: Depth): string {
  const hash = createHash('sha256');
  for (const { bytes } of blocksOf(path, depth)) hash.update(bytes);
  return hash.digest('hex');
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
