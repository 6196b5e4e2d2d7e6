import { Column } from './columns.js';

/**
 * The leases of one type that the first answer to each transaction gave: one for nearly all, which takes a number; several for a
 * client with two identity associations or two addresses, which are chained.
 */
export class FirstLeases {
  /** Lease + 1; of several the place in the chains of the latest one, as -1 - place; 0 for none. */
  readonly #heads = new Column(Int32Array);
  readonly #chained = new Column(Int32Array);
  /** What stands here of the one given before, as in `#heads`. */
  readonly #before = new Column(Int32Array);

  add(transaction: number, lease: number): void {
    if (this.has(transaction, lease)) return;
    const before = this.#heads.get(transaction);
    if (before === 0) {
      this.#heads.set(transaction, lease + 1);
      return;
    }
    this.#before.push(before);
    this.#heads.set(transaction, -1 - this.#chained.push(lease));
  }

  has(transaction: number, lease: number): boolean {
    let at = this.#heads.get(transaction);
    while (at < 0) {
      if (this.#chained.get(-1 - at) === lease) return true;
      at = this.#before.get(-1 - at);
    }
    return at === lease + 1;
  }

  /** The one given last, or -1. */
  latest(transaction: number): number {
    const at = this.#heads.get(transaction);
    return at < 0 ? this.#chained.get(-1 - at) : at - 1;
  }
}
