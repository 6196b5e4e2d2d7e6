import { sameBytes } from './bytes.js';

/** The identifiers that servers go by, numbered from 0: as many as there are servers, unless they change theirs. */
export class ServerIds {
  readonly #known: Uint8Array[] = [];

  /** Its number, a new one where it was not seen before. */
  indexOf(id: Uint8Array): number {
    const index = this.#known.findIndex((known) => sameBytes(known, id));
    return index === -1 ? this.#known.push(Uint8Array.from(id)) - 1 : index;
  }

  at(index: number): Uint8Array | undefined {
    return this.#known[index];
  }
}
