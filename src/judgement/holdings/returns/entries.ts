import { Column } from '../../fold/columns.js';

/** What is known of one message that gave a lease back. */
export interface Return {
  lease: number;
  client: number;
  /** The server that the message was sent to. */
  server: number;
  /** When it was sent, microseconds. */
  atUs: number;
  transaction: number;
  /** True for a DECLINE, false for a RELEASE. */
  declined: boolean;
}

/** The leases that clients gave back, in the order of sending. An entry is the number of one of them. */
export class ReturnEntries {
  readonly #leases = new Column(Int32Array);
  readonly #clients = new Column(Int32Array);
  readonly #servers = new Column(Uint8Array);
  readonly #atUs = new Column(Float64Array);
  readonly #transactions = new Column(Int32Array);
  readonly #isDeclined = new Column(Uint8Array);
  readonly #isConfirmed = new Column(Uint8Array);
  /** By transaction: the entry of the first lease that it gave back. The entries of its other leases follow. */
  readonly #ofTransaction = new Map<number, number>();

  get length(): number {
    return this.#leases.length;
  }

  /** @returns the new entry */
  push({ lease, client, server, atUs, transaction, declined }: Return): number {
    const entry = this.#leases.push(lease);
    this.#clients.push(client);
    this.#servers.push(server);
    this.#atUs.push(atUs);
    this.#transactions.push(transaction);
    this.#isDeclined.push(declined ? 1 : 0);
    this.#isConfirmed.push(0);
    if (!this.#ofTransaction.has(transaction)) this.#ofTransaction.set(transaction, entry);
    return entry;
  }

  get(entry: number): Return {
    return {
      lease: this.#leases.get(entry),
      client: this.#clients.get(entry),
      server: this.#servers.get(entry),
      atUs: this.#atUs.get(entry),
      transaction: this.#transactions.get(entry),
      declined: this.#isDeclined.get(entry) === 1,
    };
  }

  /** The entries of one message. */
  *ofTransaction(transaction: number): Generator<number> {
    const first = this.#ofTransaction.get(transaction) ?? Infinity;
    for (let entry = first; entry < this.length; entry++) {
      if (this.#transactions.get(entry) !== transaction) return;
      yield entry;
    }
  }

  /** A REPLY with the status Success answered the message. */
  confirm(entry: number): void {
    this.#isConfirmed.set(entry, 1);
  }

  isConfirmed(entry: number): boolean {
    return this.#isConfirmed.get(entry) === 1;
  }
}
