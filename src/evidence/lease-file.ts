import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { openRegularFile } from '../files/regular-file.js';
import { HarnessError, messageOf } from '../errors.js';
import type { LeaseRow } from '../results/audit.js';
import { leaseRowReader, type StoredValue } from './lease-row.js';
import type { LeaseTableEvidence, LeaseTableName } from './system.js';

/**
 * A lease table in a file, `lease-rows/NODE.lease4.jsonl`. Each line is a JSON array. The first line has the names of
 * the columns, as the database has them; each further line is a row. The rows are in the order of the address, with
 * every column. `expire` is in seconds since 1970, `address` is text, and bytes are hexadecimal.
 */
export class LeaseFileWriter {
  readonly #file: number;
  readonly #name: string;
  readonly #hash = createHash('sha256');
  #rows = 0;

  /** @param name the file's path relative to the run directory, for the evidence */
  constructor(path: string, name: string, columns: readonly string[]) {
    this.#file = openSync(path, 'wx', 0o644);
    this.#name = name;
    this.#write(JSON.stringify(columns) + '\n');
  }

  append(rows: readonly (readonly StoredValue[])[]): void {
    this.#rows += rows.length;
    this.#write(rows.map((row) => JSON.stringify(row) + '\n').join(''));
  }

  close(): LeaseTableEvidence {
    closeSync(this.#file);
    return { file: this.#name, rows: this.#rows, digest: this.#hash.digest('hex') };
  }

  /** Closes the file after a failure. */
  abandon(): void {
    closeSync(this.#file);
  }

  #write(text: string): void {
    const bytes = Buffer.from(text);
    this.#hash.update(bytes);
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
  }
}

/** A row of a lease file, both parsed and as its line in the file, which has every column. */
export interface ReadRow {
  row: LeaseRow;
  /** The line in the file: a JSON array with a value for each column. */
  line: string;
  columns: readonly string[];
}

const CHUNK_BYTES = 1 << 20;

/**
 * Reads the rows of a lease file in one pass.
 *
 * @throws HarnessError SOURCE where the file is missing, or is not what the run read; a wrong digest shows only at
 *   the file's end
 */
export function* readLeaseFile(
  path: string,
  table: LeaseTableName,
  expected: LeaseTableEvidence,
): Generator<ReadRow> {
  let read: ((values: readonly StoredValue[]) => LeaseRow) | undefined;
  let columns: readonly string[] = [];
  for (const line of linesOf(path, expected.digest)) {
    let values: StoredValue[];
    try {
      values = JSON.parse(line) as StoredValue[];
      if (!Array.isArray(values)) throw new Error('one of its lines is not a JSON array');
    } catch (error) {
      throw notRead(path, messageOf(error));
    }
    if (read === undefined) {
      columns = values.map(String);
      read = leaseRowReader(table, columns);
    } else {
      yield { row: read(values), line, columns };
    }
  }
}

/** Reads a file to its end, only to check its SHA-256. Errors: SOURCE, as `readLeaseFile`. */
export function checkLeaseFile(path: string, { digest }: LeaseTableEvidence): void {
  const lines = linesOf(path, digest);
  while (lines.next().done !== true);
}

/** The lines of a file whose SHA-256 is known. Errors: SOURCE, as `readLeaseFile`. */
export function* linesOf(path: string, digest: string): Generator<string> {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let file: number;
  try {
    file = openRegularFile(path);
  } catch (error) {
    throw notRead(path, messageOf(error));
  }
  let begun = Buffer.alloc(0);
  try {
    for (;;) {
      const got = chunk.subarray(0, readSync(file, chunk, 0, chunk.length, null));
      if (got.length === 0) break;
      hash.update(got);
      const end = got.lastIndexOf(0x0a) + 1;
      const whole = Buffer.concat([begun, got.subarray(0, end)]).toString('utf8');
      begun = Buffer.concat([end === 0 ? begun : Buffer.alloc(0), got.subarray(end)]);
      if (end > 0) yield* whole.slice(0, -1).split('\n');
    }
  } finally {
    closeSync(file);
  }
  if (begun.length > 0 || hash.digest('hex') !== digest) {
    throw notRead(path, 'it differs from what the run read from the node (its SHA-256 differs)');
  }
}

function notRead(path: string, why: string): HarnessError {
  return new HarnessError('SOURCE', `${path} can't be judged: ${why}`, {
    hint: 'give a complete run directory of this program',
  });
}
