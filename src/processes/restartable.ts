import { HarnessError } from '../errors.js';
import type { Ending } from './ending.js';
import type { ManagedProcess } from './managed-process.js';
import type { ProcessId } from './process-id.js';
import type { Running } from './running.js';

/** How long a program may take to end in order. A node of a cluster first hands over what it has not yet sent. */
const GRACE_MS = 60_000;

/**
 * A program that a fault may end and its undoing starts again, with a new process each time. It counts as ended when
 * one of its processes ends unasked, or it is closed.
 */
export class Restartable implements Running {
  readonly name: string;
  readonly logFile: string;
  readonly ended: Promise<void>;
  #current: ManagedProcess;
  #closed = false;
  #startedAgain = false;
  #end: () => void = () => undefined;

  constructor(first: ManagedProcess) {
    this.name = first.name;
    this.logFile = first.logFile;
    this.#current = first;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#watch(first);
  }

  get id(): ProcessId {
    return this.#current.id;
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

  lastLines(count?: number): string[] {
    return this.#current.lastLines(count);
  }

  /** Ends the program at once. It can be started again. */
  kill(): Promise<void> {
    return this.#current.stop('SIGKILL');
  }

  /** Ends the program in order. It can be started again. */
  stop(): Promise<void> {
    return this.#current.stop('SIGTERM', GRACE_MS);
  }

  /** What faults can do to it, by the names of the abilities. */
  get abilities() {
    return {
      kill: () => this.kill(),
      stop: () => this.stop(),
      freeze: () => {
        this.freeze();
      },
      thaw: () => {
        this.thaw();
      },
    };
  }

  freeze(): void {
    this.#current.freeze();
  }

  thaw(): void {
    this.#current.thaw();
  }

  /**
   * Starts the program again. Call it when the program has ended.
   *
   * @param start starts the new process
   * @throws HarnessError INTERNAL where the program was closed meanwhile
   */
  again(start: () => ManagedProcess): void {
    if (this.#closed) throw new HarnessError('INTERNAL', `${this.name} was closed`);
    this.#current = start();
    this.#startedAgain = true;
    this.#watch(this.#current);
  }

  /** Ends the program for good: `signal` first, SIGKILL after a while. */
  async close(signal?: NodeJS.Signals): Promise<void> {
    this.#closed = true;
    await this.#current.stop(signal);
    this.#end();
  }

  #watch(process: ManagedProcess): void {
    void process.ended.then(() => {
      if (!process.asked) this.#end();
    });
  }
}
