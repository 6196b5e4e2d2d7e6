import { closeSync, fstatSync, readSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { HarnessError, messageOf } from '../../errors.js';
import { openRegularFile } from '../../files/regular-file.js';
import { readHint } from '../../files/why-not.js';
import { HEADER_BYTES, LAYOUT_BYTES_AT, MAGIC, VERSION } from './format.js';
import { PHASES } from '../../protocol/phases.js';
import { timeOf, type Layout, type Observation } from '../observation.js';
import { journalParts, MergedPass } from './parts.js';
import { decoded, decodeRecord, RECORD_BYTES, type Decoded } from './record.js';

const READ_RECORDS = 65_536;

/** A journal opened for reading. */
export interface Journal {
  layout: Layout;
  /** Bytes of an incomplete last record, which a killed run leaves; 0 if the last record is complete. */
  cutOffBytes: number;
  /** Number of complete records. */
  records: number;
  /** One pass over the records, in order. */
  observations: () => Iterable<Observation>;
  /** As `observations`, but each overwrites the one before: for a reader that is fast and keeps none. */
  passing: () => Iterable<Observation>;
}

/**
 * Opens a journal, with all its parts. The observations end before an incomplete last record, which a killed run leaves.
 * Errors: SOURCE for a file that is no journal or has another version.
 */
export function openJournal(path: string): Journal {
  const parts = journalParts(path).map(openPart);
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first ?? openPart(path);
  const strange = parts.find(({ layout }) => !isDeepStrictEqual(layout, first.layout));
  if (strange !== undefined) throw foreign(path, 'its parts are of different runs');
  const sum = (of: (part: Journal) => number): number => parts.reduce((all, part) => all + of(part), 0);
  return {
    layout: first.layout,
    records: sum(({ records }) => records),
    cutOffBytes: sum(({ cutOffBytes }) => cutOffBytes),
    observations: () =>
      new MergedPass(
        parts.map((part) => part.observations()),
        timeOf,
      ),
    passing: () =>
      new MergedPass(
        parts.map((part) => part.passing()),
        timeOf,
      ),
  };
}

function openPart(path: string): Journal {
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
    const layoutBytes = header.readUInt32LE(LAYOUT_BYTES_AT);
    if (layoutBytes > stat.size - HEADER_BYTES) throw foreign(path, 'its header is cut off');
    const json = Buffer.alloc(layoutBytes);
    readSync(file, json, 0, layoutBytes, HEADER_BYTES);
    return {
      layout: parseLayout(path, json.toString('utf8')),
      records: Math.floor((stat.size - HEADER_BYTES - layoutBytes) / RECORD_BYTES),
      cutOffBytes: (stat.size - HEADER_BYTES - layoutBytes) % RECORD_BYTES,
      observations: () => new Pass(path, HEADER_BYTES + json.length),
      passing: () => new Pass(path, HEADER_BYTES + json.length, decoded()),
    };
  } finally {
    closeSync(file);
  }
}

/**
 * One pass over the records. Not a generator, as resuming one takes longer than reading a record does. What `next`
 * returns is overwritten by the next call.
 */
class Pass implements IterableIterator<Observation> {
  readonly #path: string;
  readonly #start: number;
  readonly #file: number;
  readonly #chunk = Buffer.alloc(READ_RECORDS * RECORD_BYTES);
  readonly #records = new DataView(this.#chunk.buffer, this.#chunk.byteOffset, this.#chunk.length);
  /** Absent where each observation is to be a new one. */
  readonly #into: Decoded | undefined;
  readonly #result: IteratorResult<Observation, undefined> = { done: true, value: undefined };
  /** Where the chunk was read in the file, how many bytes of whole records it has, and how many of these are read. */
  #position: number;
  #whole = 0;
  #at = 0;
  #isClosed = false;

  constructor(path: string, start: number, into?: Decoded) {
    this.#path = path;
    this.#start = start;
    this.#position = start;
    this.#into = into;
    this.#file = openSource(path);
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<Observation, undefined> {
    if (this.#at >= this.#whole && !this.#read()) return this.return();
    const observation = decodeRecord(this.#records, this.#at, this.#into);
    if (observation === undefined) {
      this.return();
      throw foreign(
        this.#path,
        `record ${(this.#position + this.#at - this.#start) / RECORD_BYTES} is invalid`,
      );
    }
    this.#at += RECORD_BYTES;
    const result = this.#result;
    result.done = false;
    result.value = observation;
    return result;
  }

  return(): IteratorResult<Observation, undefined> {
    if (!this.#isClosed) closeSync(this.#file);
    this.#isClosed = true;
    return { done: true, value: undefined };
  }

  /** Reads the next chunk. Returns false at the end. */
  #read(): boolean {
    if (this.#isClosed) return false;
    this.#position += this.#whole;
    const got = readSync(this.#file, this.#chunk, 0, this.#chunk.length, this.#position);
    this.#whole = got - (got % RECORD_BYTES);
    this.#at = 0;
    return this.#whole > 0;
  }
}

function openSource(path: string): number {
  try {
    return openRegularFile(path);
  } catch (error) {
    throw foreign(path, messageOf(error), error);
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

function foreign(path: string, why: string, error?: unknown): HarnessError {
  return new HarnessError('SOURCE', `${path} can't be judged: ${why}`, {
    hint: readHint(error, 'name a run directory of this program, with the journal its run wrote'),
  });
}
