import { HarnessError } from '../errors.js';
import type { Ending } from './ending.js';
import type { Running } from './running.js';

/** How long a program may take to end in order. A node of a cluster first hands over what it has not yet sent. */
const GRACE_MS = 60_000;

/** A process or container that faults can halt and end. */
export interface Incarnation extends Running {
  /** Ends it: `signal` first, SIGKILL after `graceMs`. Resolves when it has ended. */
  stop(signal?: NodeJS.Signals, graceMs?: number): Promise<void>;
  /** Halts it where it stands. */
  freeze(): void | Promise<void>;
  /** Lets it go on. */
  thaw(): void | Promise<void>;
}

/**
 * A program that a fault may end and its undoing starts again, as a new process or container each time. Each of them has
 * an end of its own, and all that `Running` tells is of the present one.
 */
export class Restartable<T extends Incarnation = Incarnation> implements Running {
  readonly name: string;
  readonly logFile: string;
  #current: T;
  #closed = false;
  #startedAgain = false;
  readonly #seers: ((form: Running) => void)[] = [];

  constructor(first: T) {
    this.name = first.name;
    this.logFile = first.logFile;
    this.#current = first;
  }

  /** The process or container that is its present form. */
  get current(): T {
    return this.#current;
  }

  get id(): T['id'] {
    return this.#current.id;
  }

  get ended(): Promise<unknown> {
    return this.#current.ended;
  }

  get asked(): boolean {
    return this.#current.asked;
  }

  get how(): string | undefined {
    return this.#current.how;
  }

  get ending(): Ending | undefined {
    return this.#current.ending;
  }

  get startedAgain(): boolean {
    return this.#startedAgain;
  }

  eachForm(seen: (form: Running) => void): void {
    this.#seers.push(seen);
    seen(this.#current);
  }

  lastLines(count?: number): string[] {
    return this.#current.lastLines(count);
  }

  /** Ends the program at once. It can be started again. One that has ended already stays as it is. */
  kill(): Promise<void> {
    return this.#current.stop('SIGKILL');
  }

  /** As `kill`, but the program ends in order. */
  stop(): Promise<void> {
    return this.#current.stop('SIGTERM', GRACE_MS);
  }

  /** What faults can do to it, by the names of the abilities. */
  get abilities() {
    return {
      kill: () => this.kill(),
      stop: () => this.stop(),
      freeze: () => this.freeze(),
      thaw: () => this.thaw(),
    };
  }

  freeze(): void | Promise<void> {
    return this.#current.freeze();
  }

  thaw(): void | Promise<void> {
    return this.#current.thaw();
  }

  /**
   * Starts the program again. Call it when the program has ended.
   *
   * @param start starts the new process or container in the place of the one that has ended
   * @throws HarnessError INTERNAL where the program was closed meanwhile; what `start` throws
   */
  async again(start: (ended: T) => T | Promise<T>): Promise<void> {
    const closed = new HarnessError('INTERNAL', `${this.name} was closed`);
    if (this.#closed) throw closed;
    const next = await start(this.#current);
    this.#current = next;
    this.#startedAgain = true;
    if (this.#isClosed()) {
      await next.stop('SIGKILL');
      throw closed;
    }
    for (const seen of this.#seers) seen(next);
  }

  /** Ends the program for good: `signal` first, SIGKILL after a while. */
  async close(signal?: NodeJS.Signals): Promise<void> {
    this.#closed = true;
    await this.#current.stop(signal);
  }

  /** Whether the program was closed while it was being started. */
  #isClosed(): boolean {
    return this.#closed;
  }
}
