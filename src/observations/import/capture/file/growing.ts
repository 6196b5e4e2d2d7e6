type Numbers = Uint8Array | Int32Array | Float64Array;

/** A typed array that grows as needed. Elements that were not set are 0. */
export class Growing<T extends Numbers> {
  readonly #make: new (length: number) => T;
  #values: T;
  #length = 0;

  constructor(make: new (length: number) => T) {
    this.#make = make;
    this.#values = new make(1024);
  }

  get length(): number {
    return this.#length;
  }

  get(index: number): number {
    return this.#values[index] ?? 0;
  }

  set(index: number, value: number): void {
    if (index >= this.#values.length) {
      const values = new this.#make(Math.max(2 * this.#values.length, index + 1));
      values.set(this.#values);
      this.#values = values;
    }
    this.#values[index] = value;
    if (index >= this.#length) this.#length = index + 1;
  }
}
