import { closeSync, openSync, writeSync } from 'node:fs';
import { HarnessError, messageOf } from '../../errors.js';

export interface BatchedFileSpec {
  path: string;
  /** Whether to append to a file that exists; by default it must not exist. */
  appends?: boolean;
  batchBytes: number;
  /** The file's name in an error message: `the journal`. */
  what: string;
  /** What a user without disk space can do other than free some. The error's hint says it. */
  otherwise: string;
}

/** Bytes that are not written yet, and a view of them, by which numbers are written at less cost. */
export interface Batch {
  bytes: Buffer;
  view: DataView;
}

/** A file to which records are appended. It is written in batches. Errors of all methods: STORAGE. */
export class BatchedFile {
  readonly #spec: BatchedFileSpec;
  readonly #file: number;
  readonly #batch: Batch;
  #used = 0;
  #open = true;

  /** Errors: STORAGE if the file can't be opened. */
  constructor(spec: BatchedFileSpec) {
    this.#spec = spec;
    const bytes = Buffer.alloc(spec.batchBytes);
    this.#batch = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
    this.#file = this.#guarded(() => openSync(spec.path, spec.appends === true ? 'a' : 'wx', 0o644));
  }

  /** Writes the header at once. Call it before the first `append`. */
  writeHeader(header: Uint8Array): void {
    this.#write(header);
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
    this.#write(filled);
    filled.fill(0);
  }

  /** Writes what is left and closes the file. A second call does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #write(bytes: Uint8Array): void {
    this.#guarded(() => {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
    });
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const { path, what, otherwise } = this.#spec;
      throw new HarnessError('STORAGE', `${what} can't be written: ${messageOf(error)}`, {
        hint: `make room on the disk of ${path}, or ${otherwise}`,
        cause: error,
      });
    }
  }
}
