import { fitted, type LiveLine } from './fitted.js';

/** Where progress goes; a terminal's stream says that it is one, and how wide. */
export interface ProgressStream {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

/** How much is told: nothing but what the caller prints itself; what is done; that with its time, and every detail. */
export type Verbosity = 'quiet' | 'normal' | 'verbose';

/** How often a stream that is no terminal gets the lines of `live`. */
const PLAIN_EVERY_MS = 15_000;

/**
 * Tells what is being done. On a terminal the lines given to `live` stay at the bottom and change in place; elsewhere they
 * are printed now and then, plain, so that a log stays readable.
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

  /** A line that stays. */
  say(text: string): void {
    if (this.#verbosity === 'quiet') return;
    const live = this.#shown;
    this.#erase();
    const time = this.#verbosity === 'verbose' ? `${new Date().toISOString()} ` : '';
    this.#stream.write(`${time}${text}\n`);
    if (live.length > 0) this.#draw(live);
  }

  /** One that only `verbose` shows. */
  detail(text: string): void {
    if (this.#verbosity === 'verbose') this.say(text);
  }

  /** The lines that change. */
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

  /** What they told of is over: they go away. */
  end(): void {
    this.#erase();
    this.#shown = [];
    this.#printedAt = -Infinity;
  }

  #draw(lines: readonly LiveLine[]): void {
    // 0 where the terminal does not know its width.
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
