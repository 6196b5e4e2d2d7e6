import type { Progress } from '../terminal/progress.js';
import type { RunDirectory } from './run-directory.js';

/** Tells what the run does and when: on the screen, and in `run.log` once there is a run directory. */
export class RunLog {
  readonly #progress: Pick<Progress, 'say' | 'detail'>;
  #directory: RunDirectory | undefined;

  constructor(progress: Pick<Progress, 'say' | 'detail'>) {
    this.#progress = progress;
  }

  /** From now on, text goes to the directory's `run.log` too, and telling it may fail with STORAGE. */
  writeTo(directory: RunDirectory): void {
    this.#directory = directory;
  }

  /** Tells everyone who watches. */
  readonly say = (text: string): void => {
    this.#progress.say(text);
    this.#directory?.log(text);
  };

  /** Tells details: they are in `run.log`, and on the screen only with `--verbose`. */
  readonly detail = (text: string): void => {
    this.#progress.detail(text);
    this.#directory?.log(text);
  };
}
