import { Column } from './columns.js';

/** What the judgement must remember of each client. */
export class Clients {
  /** Lease + 1 offered last, by lease type, and the attempt it was offered in. */
  readonly #offered = [new Column(Int32Array), new Column(Int32Array)] as const;
  readonly #offeredAttempt = [new Column(Int32Array), new Column(Int32Array)] as const;
  readonly #servedLater = new Column(Uint8Array);

  offered(client: number, type: 0 | 1, attempt: number, lease: number): void {
    this.#offered[type].set(client, lease + 1);
    this.#offeredAttempt[type].set(client, attempt);
  }

  /** Whether the client was offered another lease in this attempt. */
  wasOfferedOther(client: number, type: 0 | 1, attempt: number, lease: number): boolean {
    const offered = this.#offered[type].get(client) - 1;
    return offered >= 0 && this.#offeredAttempt[type].get(client) === attempt && offered !== lease;
  }

  served(client: number, attempt: number): void {
    if (attempt > 1) this.#servedLater.set(client, 1);
  }

  /** Whether it was given a lease in an attempt after its first. */
  wasServedLater(client: number): boolean {
    return this.#servedLater.get(client) === 1;
  }
}
