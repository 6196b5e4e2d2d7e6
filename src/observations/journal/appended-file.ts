import { closeSync, openSync, writeSync } from 'node:fs';
import { HarnessError } from '../../errors.js';
import { whyNot } from '../../files/why-not.js';

export interface AppendedFileSpec {
  path: string;
  /** Whether the file exists already; by default it must not. */
  exists?: boolean;
  /** The file's name in an error message: `the journal`. */
  what: string;
  /** What a user without disk space can do other than free some. The error's hint says it. */
  otherwise: string;
}

/** A file to which bytes are appended. Errors of all methods: STORAGE. */
export class AppendedFile {
  readonly #spec: AppendedFileSpec;
  readonly #file: number;

  /** Errors: STORAGE if the file can't be opened. */
  constructor(spec: AppendedFileSpec) {
    this.#spec = spec;
    this.#file = this.#guarded(() => openSync(spec.path, spec.exists === true ? 'a' : 'wx', 0o644));
  }

  write(bytes: Uint8Array): void {
    this.#guarded(() => {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
    });
  }

  close(): void {
    closeSync(this.#file);
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const { path, what, otherwise } = this.#spec;
      throw new HarnessError('STORAGE', `${what} can't be written: ${whyNot(error)}`, {
        hint: `make room on the disk of ${path}, or ${otherwise}`,
        cause: error,
      });
    }
  }
}
