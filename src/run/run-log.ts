import type { Progress } from '../terminal/progress.js';
import type { RunDirectory } from './run-directory.js';

/** What is done when: on the screen, and in `run.log` from the moment there is a run directory. */
export class RunLog {
  readonly #progress: Pick<Progress, 'say' | 'detail'>;
  #directory: RunDirectory | undefined;

  constructor(progress: Pick<Progress, 'say' | 'detail'>) {
    this.#progress = progress;
  }

  /** Errors of what is told from here on: STORAGE. */
  writeTo(directory: RunDirectory): void {
    this.#directory = directory;
  }

  /** For everyone who watches. */
  readonly say = (text: string): void => {
    this.#progress.say(text);
    this.#directory?.log(text);
  };

  /** For those who look into it, on the screen with `--verbose` alone. */
  readonly detail = (text: string): void => {
    this.#progress.detail(text);
    this.#directory?.log(text);
  };
}
