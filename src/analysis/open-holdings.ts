import { Column } from './columns.js';

/**
 * Lists of holdings that haven't ended, by a number such as that of their binding or of their lease. Each list forgets the ended
 * ones when it is looked at, so that it stays short.
 */
export class OpenHoldings {
  /** Of each key the holding begun last and not ended, + 1; of each holding the key's one before, + 1. */
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

  /** The latest first; to be asked in the order of time. */
  of(key: number, atUs: number): number[] {
    const open: number[] = [];
    let newer = -1;
    for (let link = this.#newest.get(key); link !== 0;) {
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
