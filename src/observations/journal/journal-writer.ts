import { BatchedFile, type Batch } from './batched-file.js';
import { HEADER_BYTES, JOURNAL_FILE, LAYOUT_BYTES_AT, MAGIC, VERSION } from './format.js';
import type { Layout, Observation } from '../observation.js';
import { encodeRecord, RECORD_BYTES } from './record.js';

const BATCH_RECORDS = 1024;

function putRecord(observation: Observation, { view }: Batch, offset: number): void {
  encodeRecord(observation, view, offset);
}

/** Writes a journal in batches, in the order in which observations are appended. */
export class JournalWriter {
  readonly #file: BatchedFile;
  #records = 0;

  private constructor(path: string) {
    this.#file = new BatchedFile({ path, batchBytes: BATCH_RECORDS * RECORD_BYTES, ...JOURNAL_FILE });
  }

  /** Begins a journal. Errors: STORAGE if the file exists or can't be made. */
  static begin(path: string, layout: Layout): JournalWriter {
    const writer = new JournalWriter(path);
    writer.#file.writeHeader(headerOf(layout));
    return writer;
  }

  /** Number of observations that were appended. */
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
  header.writeUInt32LE(header.length - HEADER_BYTES, LAYOUT_BYTES_AT);
  json.copy(header, HEADER_BYTES);
  return header;
}
