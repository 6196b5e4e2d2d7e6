import { BatchedFile, type Batch } from './batched-file.js';
import { HEADER_BYTES, MAGIC, VERSION } from './format.js';
import type { Layout, Observation } from '../observation.js';
import { encodeRecord, RECORD_BYTES } from './record.js';

const BATCH_RECORDS = 1024;

function putRecord(observation: Observation, { view }: Batch, offset: number): void {
  encodeRecord(observation, view, offset);
}

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
    this.#file.append(RECORD_BYTES, putRecord, observation);
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
