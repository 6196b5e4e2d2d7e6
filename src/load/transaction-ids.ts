/**
 * Transaction ids that look random and still lead back to their number: id = number · odd + offset (mod 2^bits) is a
 * bijection, so that no table of ids is needed and none is used twice before all have been. Whether one may be used again
 * then is for the table of transactions to know.
 */
export class TransactionIds {
  readonly #mask: number;
  readonly #factor: number;
  readonly #inverse: number;
  readonly #offset: number;

  /** @param bits at most 32, which DHCPv4 has; DHCPv6 has 24 */
  constructor(bits: number, seed: number) {
    this.#mask = 2 ** bits - 1;
    this.#factor = 0x9e37_79b1;
    this.#inverse = inverseOf(this.#factor);
    this.#offset = seed >>> 0;
  }

  /** How many there are: numbers that far apart have the same. */
  get count(): number {
    return this.#mask + 1;
  }

  /** @param number any; only its remainder counts */
  idOf(number: number): number {
    return ((Math.imul(number, this.#factor) + this.#offset) & this.#mask) >>> 0;
  }

  /** The remainder of the number; -1 for an id that none has, as more bits are set in it. */
  numberOf(id: number): number {
    if (id > this.#mask) return -1;
    return (Math.imul((id - this.#offset) | 0, this.#inverse) & this.#mask) >>> 0;
  }
}

/** Of an odd number modulo 2^32, by Newton's iteration: each round doubles the bits that are right. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let round = 0; round < 5; round++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}
