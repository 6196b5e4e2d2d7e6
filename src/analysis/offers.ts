import { Column } from './columns.js';

/**
 * Which clients' requests for an offer were never answered. A server that stores what it offers (`offer-lifetime`)
 * may have stored a lease for such a client all the same.
 */
export class Offers {
  /** By client: how many requests have no answer. */
  readonly #unanswered = new Column(Int32Array);

  /** A DISCOVER or SOLICIT was sent for the first time. */
  requested(client: number): void {
    this.#unanswered.set(client, this.#unanswered.get(client) + 1);
  }

  /** The first answer to a DISCOVER or SOLICIT came, whatever it said. */
  answered(client: number): void {
    this.#unanswered.set(client, Math.max(0, this.#unanswered.get(client) - 1));
  }

  hasUnanswered(client: number): boolean {
    return this.#unanswered.get(client) > 0;
  }
}
