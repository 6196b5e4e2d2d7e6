/** No more than three array types, so that the engine keeps reads and writes inline: V8 gives up beyond four. */
type Numbers = Uint8Array | Int32Array | Float64Array;

/** A column that is longer than this grows by {@link LEAP}. */
const LONG = 1 << 16;
/**
 * Growing copies the values, and for a while both arrays take memory. The system gives an array no memory where nothing
 * was written yet. So a long column takes far more room than it needs now, and hardly ever grows again.
 */
const LEAP = 8;

/** A typed array that grows. A fold keeps one value in it for each transaction, lease, client or holding. */
export class Column<T extends Numbers> {
  length = 0;
  #values: T;
  readonly #make: new (length: number) => T;

  constructor(make: new (length: number) => T, capacity = 64) {
    this.#make = make;
    this.#values = new make(capacity);
  }

  /** Returns 0 where nothing was set. */
  get(index: number): number {
    return index < this.length ? (this.#values[index] ?? 0) : 0;
  }

  /** A zero beyond the end is read there anyway, so it does not lengthen the column. Many columns hold zeros alone. */
  set(index: number, value: number): void {
    if (index >= this.length) {
      if (value === 0) return;
      this.#lengthen(index + 1);
    }
    this.#values[index] = value;
  }

  /** @returns the index of the new value */
  push(value: number): number {
    const index = this.length;
    this.#lengthen(index + 1);
    this.#values[index] = value;
    return index;
  }

  /** The values themselves, not a copy. */
  view(): T {
    return this.#values.subarray(0, this.length) as T;
  }

  #lengthen(length: number): void {
    const room = this.#values.length;
    if (length > room) {
      const grown = new this.#make(Math.max(length, room * (room < LONG ? 2 : LEAP)));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.length = length;
  }
}
