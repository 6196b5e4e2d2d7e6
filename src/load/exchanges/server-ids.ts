import { sameBytes } from './bytes.js';

/**
 * The identifiers of the servers, numbered from 0. There are as many as servers, unless a server changes its
 * identifier.
 */
export class ServerIds {
  readonly #known: Uint8Array[] = [];

  /** The number of an identifier. An identifier that was not seen before gets a new one. */
  indexOf(id: Uint8Array): number {
    for (let index = 0; index < this.#known.length; index++) {
      const known = this.#known[index];
      if (known !== undefined && sameBytes(known, id)) return index;
    }
    return this.#known.push(Uint8Array.from(id)) - 1;
  }

  at(index: number): Uint8Array | undefined {
    return this.#known[index];
  }
}
