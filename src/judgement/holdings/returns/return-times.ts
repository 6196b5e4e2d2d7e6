import { Column } from '../../fold/columns.js';

/**
 * When leases were given back. A client no longer takes a lease that it had asked for before it gave the lease back.
 */
export class ReturnTimes {
  /** By binding: when it gave back all its leases. */
  readonly #allAtUs = new Column(Float64Array);
  /** By lease: the binding that gave it back last by name, + 1, and when. */
  readonly #bindings = new Column(Int32Array);
  readonly #atUs = new Column(Float64Array);

  all(holder: number, atUs: number): void {
    this.#allAtUs.set(holder, atUs);
  }

  one(holder: number, lease: number, atUs: number): void {
    this.#bindings.set(lease, holder + 1);
    this.#atUs.set(lease, atUs);
  }

  /** Whether a binding was the last to give this lease back by name. */
  isLast(holder: number, lease: number): boolean {
    return this.#bindings.get(lease) === holder + 1;
  }

  isSince(holder: number, lease: number, askedAtUs: number): boolean {
    const allAtUs = this.#allAtUs.get(holder);
    if (allAtUs > 0 && askedAtUs < allAtUs) return true;
    return this.isLast(holder, lease) && askedAtUs < this.#atUs.get(lease);
  }
}
