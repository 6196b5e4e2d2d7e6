import { closeSync, fstatSync, readSync } from 'node:fs';
import { z } from 'zod';
import { HarnessError, messageOf } from '../../errors.js';
import { openRegularFile } from '../../files/regular-file.js';
import { BatchedFile } from './batched-file.js';
import { PHASES } from '../../protocol/phases.js';
import type { Layout, Observation } from '../observation.js';
import { decodeRecord, encodeRecord, RECORD_BYTES } from './record.js';

/**
 * The journal file. It begins with a header of 16 bytes and the run's layout as JSON. Spaces behind the JSON fill
 * header and layout up to a multiple of 64 bytes. Then come the records (see `record.ts`).
 *
 * ```text
 * at  size  header
 *  0  8     "KEALEASE"
 *  8  u16   version, 1
 * 10  u16   bytes of a record, 64
 * 12  u32   bytes of the layout that follows
 * ```
 */
const MAGIC = 'KEALEASE';
const VERSION = 1;
const HEADER_BYTES = 16;
const BATCH_RECORDS = 1024;
const READ_RECORDS = 65_536;

/** Appends observations in batches. */
export class JournalWriter {
  readonly #file: BatchedFile;
  #records = 0;

  private constructor(path: string, appends: boolean) {
    this.#file = new BatchedFile({
      path,
      appends,
      batchBytes: BATCH_RECORDS * RECORD_BYTES,
      what: 'the journal',
      otherwise: 'name another place with --out',
    });
  }

  /** Begins a journal. Errors: STORAGE if the file exists or can't be made. */
  static begin(path: string, layout: Layout): JournalWriter {
    const writer = new JournalWriter(path, false);
    writer.#file.writeHeader(headerOf(layout));
    return writer;
  }

  /** Goes on with a journal that was begun and closed. Errors: STORAGE. */
  static reopen(path: string): JournalWriter {
    return new JournalWriter(path, true);
  }

  /** Number of observations that were appended by this writer. */
  get records(): number {
    return this.#records;
  }

  /**
   * Errors: STORAGE if the disk is full. As records are written in batches, the error may come with a later record.
   */
  append(observation: Observation): void {
    this.#file.append(RECORD_BYTES, encodeRecord, observation);
    this.#records++;
  }

  flush(): void {
    this.#file.flush();
  }

  /** Writes what is left and closes the file. A second call does nothing. */
  close(): void {
    this.#file.close();
  }
}

function headerOf(layout: Layout): Buffer {
  const json = Buffer.from(JSON.stringify(layout));
  const header = Buffer.alloc(Math.ceil((HEADER_BYTES + json.length) / RECORD_BYTES) * RECORD_BYTES, ' ');
  header.write(MAGIC, 0, 'latin1');
  header.writeUInt16LE(VERSION, 8);
  header.writeUInt16LE(RECORD_BYTES, 10);
  header.writeUInt32LE(header.length - HEADER_BYTES, 12);
  json.copy(header, HEADER_BYTES);
  return header;
}

/** A journal opened for reading. */
export interface Journal {
  layout: Layout;
  /** Bytes of an incomplete last record, which a killed run leaves; 0 if the last record is complete. */
  cutOffBytes: number;
  /** Number of complete records. */
  records: number;
  /** One pass over the records, in order. */
  observations: () => Iterable<Observation>;
}

/**
 * Opens a journal. The observations end before an incomplete last record, which a killed run leaves.
 * Errors: SOURCE for a file that is no journal or has another version.
 */
export function openJournal(path: string): Journal {
  const file = openSource(path);
  try {
    const stat = fstatSync(file);
    const header = Buffer.alloc(HEADER_BYTES);
    const got = readSync(file, header, 0, HEADER_BYTES, 0);
    if (got < HEADER_BYTES || header.toString('latin1', 0, 8) !== MAGIC)
      throw foreign(path, 'it is not a journal');
    const version = header.readUInt16LE(8);
    if (version !== VERSION)
      throw foreign(path, `its version is ${version}; this program reads version ${VERSION}`);
    const recordBytes = header.readUInt16LE(10);
    if (recordBytes !== RECORD_BYTES) throw foreign(path, `its records have ${recordBytes} bytes`);
    const layoutBytes = header.readUInt32LE(12);
    if (layoutBytes > stat.size - HEADER_BYTES) throw foreign(path, 'its header is cut off');
    const json = Buffer.alloc(layoutBytes);
    readSync(file, json, 0, layoutBytes, HEADER_BYTES);
    return {
      layout: parseLayout(path, json.toString('utf8')),
      records: Math.floor((stat.size - HEADER_BYTES - layoutBytes) / RECORD_BYTES),
      cutOffBytes: (stat.size - HEADER_BYTES - layoutBytes) % RECORD_BYTES,
      observations: () => readRecords(path, HEADER_BYTES + json.length),
    };
  } finally {
    closeSync(file);
  }
}

function* readRecords(path: string, start: number): Generator<Observation> {
  const file = openSource(path);
  try {
    const chunk = Buffer.alloc(READ_RECORDS * RECORD_BYTES);
    const records = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    for (let position = start; ;) {
      const got = readSync(file, chunk, 0, chunk.length, position);
      const whole = got - (got % RECORD_BYTES);
      for (let at = 0; at < whole; at += RECORD_BYTES) {
        const observation = decodeRecord(records, at);
        if (observation === undefined) {
          throw foreign(path, `record ${(position + at - start) / RECORD_BYTES} is invalid`);
        }
        yield observation;
      }
      if (whole < chunk.length) return;
      position += whole;
    }
  } finally {
    closeSync(file);
  }
}

function openSource(path: string): number {
  try {
    return openRegularFile(path);
  } catch (error) {
    throw foreign(path, messageOf(error));
  }
}

const layoutSchema = z.object({
  cases: z.array(
    z.object({
      name: z.string(),
      leaseType: z.enum(['address', 'prefix']),
      phases: z.array(z.enum(PHASES)),
      servers: z.array(z.string()),
      clients: z.int().min(0),
    }),
  ),
});

function parseLayout(path: string, json: string): Layout {
  try {
    return layoutSchema.parse(JSON.parse(json));
  } catch {
    throw foreign(path, 'its header is damaged');
  }
}

function foreign(path: string, why: string): HarnessError {
  return new HarnessError('SOURCE', `${path} can't be judged: ${why}`, {
    hint: 'name a run directory of this program, with the journal its run wrote',
  });
}
