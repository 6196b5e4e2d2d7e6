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

  /** @param bits 32 for DHCPv4, 24 for DHCPv6 */
  constructor(bits: 24 | 32, seed: number) {
    this.#mask = bits === 32 ? 0xffff_ffff : 0xff_ffff;
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

  /** The remainder of the number. */
  numberOf(id: number): number {
    return (Math.imul((id - this.#offset) | 0, this.#inverse) & this.#mask) >>> 0;
  }
}

/** Of an odd number modulo 2^32, by Newton's iteration: each round doubles the bits that are right. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let round = 0; round < 5; round++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}
