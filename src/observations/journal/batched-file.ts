import { AppendedFile, type AppendedFileSpec } from './appended-file.js';

export interface BatchedFileSpec extends AppendedFileSpec {
  batchBytes: number;
}

/** Bytes that are not written yet, and a view of them, by which numbers are written at less cost. */
export interface Batch {
  bytes: Buffer;
  view: DataView;
}

export function emptyBatch(length: number): Batch {
  const bytes = Buffer.alloc(length);
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, length) };
}

/** A file to which records are appended. It is written in batches. Errors of all methods: STORAGE. */
export class BatchedFile {
  readonly #file: AppendedFile;
  readonly #batch: Batch;
  #used = 0;
  #open = true;

  /** Errors: STORAGE if the file can't be opened. */
  constructor(spec: BatchedFileSpec) {
    this.#batch = emptyBatch(spec.batchBytes);
    this.#file = new AppendedFile(spec);
  }

  /** Writes the header at once. Call it before the first `append`. */
  writeHeader(header: Uint8Array): void {
    this.#file.write(header);
  }

  /**
   * Appends a record of `bytes` bytes. `fill` writes the record into the batch at `offset`, where all bytes are zero.
   */
  append<T>(bytes: number, fill: (record: T, batch: Batch, offset: number) => void, record: T): void {
    if (this.#used + bytes > this.#batch.bytes.length) this.flush();
    fill(record, this.#batch, this.#used);
    this.#used += bytes;
  }

  flush(): void {
    if (this.#used === 0) return;
    const filled = this.#batch.bytes.subarray(0, this.#used);
    this.#used = 0;
    this.#file.write(filled);
    filled.fill(0);
  }

  /** Writes what is left and closes the file. A second call does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.flush();
    } finally {
      this.#file.close();
    }
  }
}
