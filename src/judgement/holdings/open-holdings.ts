import { Column } from '../fold/columns.js';

const NONE: readonly number[] = [];

/**
 * Lists of holdings that haven't ended, by a key such as the number of a binding or of a lease. A list drops the
 * holdings that have ended when it is read, so that it stays short.
 */
export class OpenHoldings {
  /**
   * `#newest`: for each key, the latest holding that has not ended, + 1. `#older`: for each holding, the holding
   * before it with the same key, + 1.
   */
  readonly #newest = new Column(Int32Array);
  readonly #older = new Column(Int32Array);
  readonly #untilUs: Column<Float64Array>;

  /** @param untilUs when each holding ends */
  constructor(untilUs: Column<Float64Array>) {
    this.#untilUs = untilUs;
  }

  add(key: number, holding: number): void {
    this.#older.set(holding, this.#newest.get(key));
    this.#newest.set(key, holding + 1);
  }

  /** The holdings of a key that have not ended, the latest first. Call it in the order of time. */
  of(key: number, atUs: number): readonly number[] {
    let link = this.#newest.get(key);
    if (link === 0) return NONE;
    const open: number[] = [];
    let newer = -1;
    while (link !== 0) {
      const holding = link - 1;
      link = this.#older.get(holding);
      if (this.#untilUs.get(holding) > atUs) {
        open.push(holding);
        newer = holding;
      } else if (newer < 0) {
        this.#newest.set(key, link);
      } else {
        this.#older.set(newer, link);
      }
    }
    return open;
  }
}
