import { fitted, type LiveLine } from './fitted.js';

/** Where progress is written. The stream of a terminal says that it is a terminal, and how wide it is. */
export interface ProgressStream {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

/**
 * How much progress is printed. `quiet`: nothing. `normal`: each step. `verbose`: each step and each detail, with its
 * time.
 */
export type Verbosity = 'quiet' | 'normal' | 'verbose';

/** The interval at which a stream that is no terminal gets the lines of `live`. */
const PLAIN_EVERY_MS = 15_000;

/**
 * Prints what the program does. On a terminal, the lines given to `live` stay at the bottom and change in place. On
 * other streams they are printed at intervals, so that a log stays readable.
 */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #now: () => number;
  readonly #verbosity: Verbosity;
  #shown: readonly LiveLine[] = [];
  #printedAt = -Infinity;

  constructor(
    stream: ProgressStream,
    now: () => number = () => performance.now(),
    verbosity: Verbosity = 'normal',
  ) {
    this.#stream = stream;
    this.#now = now;
    this.#verbosity = verbosity;
  }

  /** Prints a line that stays. */
  say(text: string): void {
    if (this.#verbosity === 'quiet') return;
    const live = this.#shown;
    this.#erase();
    const time = this.#verbosity === 'verbose' ? `${new Date().toISOString()} ` : '';
    this.#stream.write(`${time}${text}\n`);
    if (live.length > 0) this.#draw(live);
  }

  /** Prints a line that stays, if the verbosity is `verbose`. */
  detail(text: string): void {
    if (this.#verbosity === 'verbose') this.say(text);
  }

  /** Replaces the lines that change in place. */
  live(given: readonly (string | LiveLine)[]): void {
    if (this.#verbosity === 'quiet') return;
    const lines = given.map((line) => (typeof line === 'string' ? { text: line } : line));
    if (this.#stream.isTTY === true) {
      this.#erase();
      this.#draw(lines);
      return;
    }
    if (this.#now() - this.#printedAt < PLAIN_EVERY_MS) return;
    this.#printedAt = this.#now();
    for (const line of lines) this.#stream.write(fitted(line, Infinity) + '\n');
  }

  /** Removes the lines of `live`: the work that they report is over. */
  end(): void {
    this.#erase();
    this.#shown = [];
    this.#printedAt = -Infinity;
  }

  #draw(lines: readonly LiveLine[]): void {
    // `columns` is 0 where the terminal does not know its width.
    const width = (this.#stream.columns || 80) - 1;
    this.#stream.write(lines.map((line) => fitted(line, width) + '\n').join(''));
    this.#shown = lines;
  }

  #erase(): void {
    if (this.#shown.length === 0 || this.#stream.isTTY !== true) return;
    this.#stream.write(`\u001b[${this.#shown.length}A\u001b[0J`);
    this.#shown = [];
  }
}
