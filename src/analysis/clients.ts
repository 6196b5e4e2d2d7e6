import { Column } from './columns.js';

// What has been of a client's first attempt, in one byte.
const STARTED = 1;
const SEEKS = 2;
const OFFERED = 4;

/** What the judgement must remember of each client. */
export class Clients {
  /** Lease + 1 offered last, by lease type, and the attempt it was offered in. */
  readonly #offered = [new Column(Int32Array), new Column(Int32Array)] as const;
  readonly #offeredAttempt = [new Column(Int32Array), new Column(Int32Array)] as const;
  readonly #servedLater = new Column(Uint8Array);
  /** What has been of its first attempt: bits. */
  readonly #first = new Column(Uint8Array);
  #withoutOffer = 0;

  /** Its first attempt begins, at one server or at several; true the first time. */
  starts(client: number): boolean {
    return this.#isNew(client, STARTED);
  }

  /** It asks for an offer in its first attempt, one server or several. */
  seeksOffer(client: number): void {
    if (this.#isNew(client, SEEKS)) this.#withoutOffer++;
  }

  /** Clients that were made no timely offer in their first attempt. */
  get withoutOffer(): number {
    return this.#withoutOffer;
  }

  #isNew(client: number, bit: number): boolean {
    const before = this.#first.get(client);
    this.#first.set(client, before | bit);
    return (before & bit) === 0;
  }

  /** A timely offer; of several in one attempt, from several servers, the client takes the first. */
  offered(client: number, type: 0 | 1, attempt: number, lease: number): void {
    if (attempt === 1 && this.#isNew(client, OFFERED) && !this.#isNew(client, SEEKS)) this.#withoutOffer--;
    if (this.#offered[type].get(client) !== 0 && this.#offeredAttempt[type].get(client) === attempt) return;
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
