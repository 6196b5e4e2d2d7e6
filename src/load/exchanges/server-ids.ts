import { sameBytes } from './bytes.js';

/**
 * The identifiers of the servers, numbered from 0. There are as many as servers, unless a server changes its
 * identifier.
 */
export class ServerIds {
  readonly #known: Uint8Array[] = [];

  /** The number of an identifier. An identifier that was not seen before gets a new one. */
  indexOf(id: Uint8Array): number {
    const index = this.#known.findIndex((known) => sameBytes(known, id));
    return index === -1 ? this.#known.push(Uint8Array.from(id)) - 1 : index;
  }

  at(index: number): Uint8Array | undefined {
    return this.#known[index];
  }
}
