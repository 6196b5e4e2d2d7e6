import { HarnessError } from '../../errors.js';

/** Gives what was looked for; throws the fault where it was not found. */
export type Found<T> = () => T;

/**
 * Lets a search go on after a fault, so that it finds every fault and not only the first. A step that needs something
 * which was not found adds no fault of its own.
 */
export class Faults {
  readonly #all = new Set<HarnessError>();

  get all(): readonly HarnessError[] {
    return [...this.#all];
  }

  /** Calls `look`. Keeps a HarnessError that `look` throws, and throws any other error. */
  of<T>(look: () => T): Found<T> {
    try {
      const found = look();
      return () => found;
    } catch (error) {
      return this.#lacking(error);
    }
  }

  /** The same as {@link Faults.of}, for a function that returns a promise. */
  async ofAsked<T>(ask: () => Promise<T>): Promise<Found<T>> {
    try {
      const found = await ask();
      return () => found;
    } catch (error) {
      return this.#lacking(error);
    }
  }

  #lacking(error: unknown): Found<never> {
    if (!(error instanceof HarnessError)) throw error;
    this.#all.add(error);
    return () => {
      throw error;
    };
  }
}
