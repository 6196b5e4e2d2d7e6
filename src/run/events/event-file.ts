import { closeSync, openSync, writeSync } from 'node:fs';
import { HarnessError } from '../../errors.js';
import type { NewEvent } from './schema.js';
import { whyNot } from '../../files/why-not.js';

/** The file for events. Each event is written at once, so a reader of the file is never behind. */
export class EventFile {
  readonly #path: string;
  readonly #say: (text: string) => void;
  #file: number | undefined;

  /**
   * Errors: USAGE, STORAGE.
   *
   * @param path a file, which is replaced, or a pipe; `-` is refused, as standard output holds the report
   * @param say is told once where an event can't be written; the run goes on
   */
  constructor(path: string, say: (text: string) => void) {
    this.#path = path;
    this.#say = say;
    if (path === '-') {
      throw new HarnessError('USAGE', '--events - would mix the events with the report on standard output', {
        hint: 'name a file or a named pipe, or /dev/stderr together with --quiet',
      });
    }
    try {
      this.#file = openSync(path, 'w');
    } catch (error) {
      throw new HarnessError('STORAGE', `--events ${path} can't be written: ${whyNot(error)}`, {
        hint: 'name a file in an existing directory that can be written',
        cause: error,
      });
    }
  }

  tell(event: NewEvent): void {
    if (this.#file === undefined) return;
    const { type, ...more } = event;
    try {
      writeSync(this.#file, JSON.stringify({ type, time: new Date().toISOString(), ...more }) + '\n');
    } catch (error) {
      this.close();
      this.#say(`${this.#path} can't be written, so no more events go there: ${whyNot(error)}`);
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
