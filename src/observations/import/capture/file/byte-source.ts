import { closeSync, readSync } from 'node:fs';
import { messageOf } from '../../../../errors.js';
import { openRegularFile } from '../../../../files/regular-file.js';
import { sourceError } from '../../../source-error.js';

const CHUNK_BYTES = 1 << 20;

/** Reads a file from front to back through a buffer of a megabyte. The caller must close it. */
export class ByteSource {
  readonly #file: number;
  readonly #isOwn: boolean;
  #read = 0;
  #buffer = Buffer.alloc(CHUNK_BYTES);
  #at = 0;
  #filled = 0;
  #taken = 0;

  /**
   * Errors: SOURCE if the file can't be opened.
   *
   * @param descriptor an open file to read instead of `path`; it is not closed here
   */
  constructor(path: string, descriptor?: number) {
    this.#isOwn = descriptor === undefined;
    try {
      this.#file = descriptor ?? openRegularFile(path);
    } catch (error) {
      throw sourceError(path, messageOf(error), 'name a file that can be read');
    }
  }

  /**
   * The next bytes; fewer than asked for near the end of the file, and none at its end. They are valid until the next
   * call.
   */
  take(length: number): Buffer {
    while (this.#filled - this.#at < length && this.#fill(length));
    const taken = this.#buffer.subarray(this.#at, Math.min(this.#at + length, this.#filled));
    this.#at += taken.length;
    this.#taken += taken.length;
    return taken;
  }

  /** How many bytes were taken so far. */
  get position(): number {
    return this.#taken;
  }

  /** Bytes from anywhere in the file. It does not change what `take` gives next. */
  at(offset: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    readSync(this.#file, bytes, 0, length, offset);
    return bytes;
  }

  close(): void {
    if (this.#isOwn) closeSync(this.#file);
  }

  #fill(wanted: number): boolean {
    const held = this.#filled - this.#at;
    const buffer = wanted > this.#buffer.length ? Buffer.alloc(wanted) : this.#buffer;
    this.#buffer.copy(buffer, 0, this.#at, this.#filled);
    this.#buffer = buffer;
    const got = readSync(this.#file, buffer, held, buffer.length - held, this.#read);
    this.#read += got;
    this.#at = 0;
    this.#filled = held + got;
    return got > 0;
  }
}
