/**
 * Transaction ids that look random and still lead back to their number: id = number · odd + offset (mod 2^bits) is a
 * bijection. So no table of ids is needed, and no id comes twice before all ids have come. The table of transactions
 * decides whether an id may be used again.
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

  /** How many ids there are. Two numbers that are this far apart have the same id. */
  get count(): number {
    return this.#mask + 1;
  }

  /** @param number any number; only its remainder modulo `count` matters */
  idOf(number: number): number {
    return ((Math.imul(number, this.#factor) + this.#offset) & this.#mask) >>> 0;
  }

  /** The number that has this id, modulo `count`; -1 for an id that has more bits than ids here have. */
  numberOf(id: number): number {
    if (id > this.#mask) return -1;
    return (Math.imul((id - this.#offset) | 0, this.#inverse) & this.#mask) >>> 0;
  }
}

/** The inverse of an odd number modulo 2^32, by Newton's iteration: each round doubles the bits that are right. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let round = 0; round < 5; round++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}
