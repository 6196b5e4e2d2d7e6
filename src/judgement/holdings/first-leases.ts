import { Column } from '../fold/columns.js';

/**
 * The leases of one type that the first answer to each transaction gave. Nearly every answer gives one lease, which
 * takes one number. A client with two identity associations or two addresses gets several, which are chained.
 */
export class FirstLeases {
  /**
   * By transaction: 0 without a lease; the lease + 1 for a single lease; -1 - place for several, where place is the
   * index of the latest lease in `#chained`.
   */
  readonly #heads = new Column(Int32Array);
  readonly #chained = new Column(Int32Array);
  /** By place in `#chained`: the lease that was given before, encoded as in `#heads`. */
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

  /** The lease that was given last, or -1 without one. */
  latest(transaction: number): number {
    const at = this.#heads.get(transaction);
    return at < 0 ? this.#chained.get(-1 - at) : at - 1;
  }
}
