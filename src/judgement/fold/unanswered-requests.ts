import { Column } from './columns.js';

/** The requests of one kind that nobody has answered, for each client. */
export class UnansweredRequests {
  readonly #count = new Column(Int32Array);

  /** A request was sent for the first time. */
  sent(client: number): void {
    this.#count.set(client, this.#count.get(client) + 1);
  }

  /** The first answer to a request came, whatever it said. */
  answered(client: number): void {
    this.#count.set(client, Math.max(0, this.#count.get(client) - 1));
  }

  has(client: number): boolean {
    return this.#count.get(client) > 0;
  }
}
