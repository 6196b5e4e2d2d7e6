import { offCrash, onCrash } from '../crash.js';
import { EXIT } from '../errors.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type InterruptSignal = (typeof SIGNALS)[number];

/** The abort reason of a run that somebody asked to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(readonly by: InterruptSignal) {
    super(`interrupted by ${by}`);
  }

  get exitCode(): typeof EXIT.interrupted | typeof EXIT.terminated {
    return this.by === 'SIGINT' ? EXIT.interrupted : EXIT.terminated;
  }
}

/**
 * Turns signals into one AbortSignal. A crash aborts it too, with the crash's error as the reason. Further signals
 * change nothing: everything that was started must be ended all the same, and that takes a second or two.
 */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #onSignal = (by: NodeJS.Signals): void =>
    this.#controller.abort(new Interrupted(by as InterruptSignal));
  readonly #onCrash = (error: Error): void => this.#controller.abort(error);

  listen(): void {
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
    onCrash(this.#onCrash);
  }

  ignore(): void {
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
    offCrash(this.#onCrash);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The signal that interrupted the run, if one did. */
  get interrupted(): Interrupted | undefined {
    const reason: unknown = this.signal.reason;
    return reason instanceof Interrupted ? reason : undefined;
  }
}
