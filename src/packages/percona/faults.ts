import { HarnessError } from '../../errors.js';

/** What was looked for; throws where it was not found. */
export type Found<T> = () => T;

/**
 * Lets a search go on after a fault, so that every one is found and not the first alone. What rests on something that was
 * not found is no fault of its own.
 */
export class Faults {
  readonly #all = new Set<HarnessError>();

  get all(): readonly HarnessError[] {
    return [...this.#all];
  }

  /** A HarnessError that `look` throws is kept. Anything else is thrown. */
  of<T>(look: () => T): Found<T> {
    try {
      const found = look();
      return () => found;
    } catch (error) {
      return this.#lacking(error);
    }
  }

  /** As `of`, for what takes its time. */
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
