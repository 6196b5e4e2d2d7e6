/** Enough for a list. A node that lost its data lacks every lease. */
const NODES_KEPT_OF = 1_000;

/** The acknowledged leases that some node has no live row of for their client, by their numbers in `Required`. */
export class LostLeases {
  readonly #isLost: Uint8Array;
  /** The nodes that lack the row, for the first leases. */
  readonly #nodes = new Map<number, string[]>();
  #count = 0;

  /** @param required how many leases the tables must show */
  constructor(required: number) {
    this.#isLost = new Uint8Array(required);
  }

  get count(): number {
    return this.#count;
  }

  add(required: number, nodes: readonly string[]): void {
    if (this.#isLost[required] === 0) {
      this.#isLost[required] = 1;
      this.#count++;
      if (this.#count <= NODES_KEPT_OF) this.#nodes.set(required, []);
    }
    this.#nodes.get(required)?.push(...nodes);
  }

  /** Each lost lease once, with the nodes that lack its row; without them if there are too many leases. */
  *all(): Generator<{ required: number; nodes: readonly string[] }> {
    for (let required = 0; required < this.#isLost.length; required++)
      if (this.#isLost[required] === 1) yield { required, nodes: this.#nodes.get(required) ?? [] };
  }
}
