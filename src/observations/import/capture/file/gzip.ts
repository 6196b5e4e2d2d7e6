import { closeSync, mkdtempSync, openSync, readSync, rmSync, ftruncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip, gunzipSync, constants, type Gunzip } from 'node:zlib';
import { HarnessError, messageOf } from '../../../../errors.js';
import { kindAt } from '../../../../files/entries.js';
import { openRegularFile } from '../../../../files/regular-file.js';
import { whyNot } from '../../../../files/why-not.js';
import { sourceError } from '../../../source-error.js';

/** The content of a compressed capture. The caller must close it. */
export interface Unpacked {
  /** An open file without a name. The file is gone once it is closed, or once the process ends in whatever way. */
  descriptor: number;
  /** Why the content is incomplete; undefined if it is complete. */
  cutOff: string | undefined;
  close: () => void;
}

const PIECE_BYTES = 1 << 16;

/** Whether a file begins as gzip does, with deflate as the method (RFC 1952 section 2.3.1). */
export function isGzip(start: Buffer): boolean {
  return start.length >= 3 && start.readUIntBE(0, 3) === 0x1f8b08;
}

export function isGzipFile(path: string): boolean {
  const file = openRegularFile(path);
  try {
    const start = Buffer.alloc(3);
    return isGzip(start.subarray(0, readSync(file, start, 0, 3, 0)));
  } finally {
    closeSync(file);
  }
}

/** The content of a command's source, if there is just one and it is a gzip file; else undefined. */
export async function unpackedOf(
  sources: readonly string[],
  partial: boolean,
): Promise<Unpacked | undefined> {
  const [path, ...more] = sources;
  if (path === undefined || more.length > 0) return undefined;
  let isCompressed: boolean;
  try {
    isCompressed = kindAt(path) === 'file' && isGzipFile(path);
  } catch {
    // `sourceKind` will meet the same error, and has a better message for it.
    return undefined;
  }
  return isCompressed ? unpack(path, partial) : undefined;
}

/** The content of a gzip file with these first bytes, as far as they tell it; empty for a damaged file. */
export function startInside(start: Buffer): Buffer {
  try {
    return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

/**
 * Unpacks a gzip file into a temporary file that nobody else can open. A capture is read twice, and in another order
 * if its packets are out of order. A stream can't be read like that, and memory can't hold a large capture. Sources
 * of other kinds need no temporary file.
 * Errors: SOURCE if the file is damaged, unless `partial` is set; STORAGE if there is no room.
 */
export async function unpack(path: string, partial: boolean): Promise<Unpacked> {
  const source = openRegularFile(path);
  const descriptor = namelessFile();
  try {
    let damage = await inflate(source, descriptor, Infinity);
    if (damage !== undefined && !partial) {
      throw sourceError(path, damage.why, 'use --partial to judge what comes before');
    }
    if (damage !== undefined) {
      // zlib gives out nothing of the piece in which the damage lies. Byte by byte, the least is lost.
      ftruncateSync(descriptor);
      damage = (await inflate(source, descriptor, damage.at)) ?? damage;
    }
    return { descriptor, cutOff: damage?.why, close: () => closeSync(descriptor) };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  } finally {
    closeSync(source);
  }
}

function namelessFile(): number {
  let directory: string | undefined;
  try {
    directory = mkdtempSync(join(tmpdir(), 'klc-capture-'));
    return openSync(join(directory, 'unpacked'), 'wx+', 0o600);
  } catch (error) {
    throw noRoom(error);
  } finally {
    if (directory !== undefined) rmSync(directory, { recursive: true });
  }
}

function noRoom(error: unknown): HarnessError {
  return new HarnessError('STORAGE', `the capture can't be unpacked in ${tmpdir()}: ${whyNot(error)}`, {
    hint: 'set TMPDIR to a directory with more room',
    cause: error,
  });
}

/**
 * Unpacks `source` into `descriptor`.
 *
 * @param bytewiseFrom the offset from which the source is taken byte by byte
 * @returns what is wrong with the source, and where; undefined if nothing
 */
async function inflate(
  source: number,
  descriptor: number,
  bytewiseFrom: number,
): Promise<{ why: string; at: number } | undefined> {
  const gunzip = createGunzip();
  let written = 0;
  let full: unknown;
  gunzip.on('data', (chunk: Buffer) => {
    try {
      for (let at = 0; at < chunk.length;)
        at += writeSync(descriptor, chunk, at, chunk.length - at, written + at);
      written += chunk.length;
    } catch (error) {
      full = error;
      gunzip.destroy();
    }
  });
  const ended = new Promise<void>((resolve, reject) => {
    gunzip.once('end', resolve).once('close', resolve).once('error', reject);
  });
  // Each piece awaits `ended` and handles its error. Without this handler Node would call the rejection unhandled.
  ended.catch(() => undefined);
  const piece = Buffer.alloc(PIECE_BYTES);
  let at = 0;
  try {
    for (;;) {
      const got = readSync(source, piece, 0, at < bytewiseFrom ? PIECE_BYTES : 1, at);
      if (got === 0) break;
      await Promise.race([accepted(gunzip, Buffer.from(piece.subarray(0, got))), ended]);
      if (full !== undefined) throw noRoom(full);
      // The gzip data has ended. Bytes behind it are no gzip member.
      if (gunzip.readableEnded) return undefined;
      at += got;
    }
    gunzip.end();
    await ended;
    if (full !== undefined) throw noRoom(full);
    return undefined;
  } catch (error) {
    if (error instanceof HarnessError) throw error;
    const isShort = error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';
    const why = isShort ? 'it ends inside its gzip data' : `its gzip data is damaged (${messageOf(error)})`;
    return { why, at };
  } finally {
    gunzip.destroy();
  }
}

function accepted(gunzip: Gunzip, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    gunzip.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}
