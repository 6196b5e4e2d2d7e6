import { Column } from './columns.js';

// Flags of a client's first attempt: it has started, it asks for an offer, it was offered a lease.
const STARTED = 1;
const SEEKS = 2;
const OFFERED = 4;

/** What the judgement remembers of each client. */
export class Clients {
  /** By lease type and client: the lease that was offered last, + 1, and the attempt in which it was offered. */
  readonly #offered = [new Column(Int32Array), new Column(Int32Array)] as const;
  readonly #offeredAttempt = [new Column(Int32Array), new Column(Int32Array)] as const;
  /** By lease type and client: the valid lifetime that an offer or an answer told it last, seconds. */
  readonly #lifetimes = [new Column(Int32Array), new Column(Int32Array)] as const;
  readonly #servedLater = new Column(Uint8Array);
  /** By client: the flags of its first attempt. */
  readonly #first = new Column(Uint8Array);
  #withoutOffer = 0;

  /**
   * The client's first attempt begins. Returns true at the first call only: its message may go to several servers.
   */
  starts(client: number): boolean {
    return this.#isNew(client, STARTED);
  }

  /** The client asks one server or several for an offer in its first attempt. */
  seeksOffer(client: number): void {
    if (this.#isNew(client, SEEKS)) this.#withoutOffer++;
  }

  /** Clients that got no timely offer in their first attempt. */
  get withoutOffer(): number {
    return this.#withoutOffer;
  }

  #isNew(client: number, bit: number): boolean {
    const before = this.#first.get(client);
    this.#first.set(client, before | bit);
    return (before & bit) === 0;
  }

  /** The client gets a timely offer. If several servers offer in one attempt, the client takes the first offer. */
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

  /** The leases that the client was offered in this attempt. */
  offeredIn(client: number, attempt: number): number[] {
    return this.#offered.flatMap((leases, type) => {
      const lease = leases.get(client) - 1;
      return lease >= 0 && this.#offeredAttempt[type]?.get(client) === attempt ? [lease] : [];
    });
  }

  told(client: number, type: 0 | 1, validLifetime: number): void {
    this.#lifetimes[type].set(client, validLifetime | 0);
  }

  /** The valid lifetime that the client was told last, seconds; 0 if it was told none. */
  lifetimeTold(client: number, type: 0 | 1): number {
    return this.#lifetimes[type].get(client) >>> 0;
  }

  served(client: number, attempt: number): void {
    if (attempt > 1) this.#servedLater.set(client, 1);
  }

  /** Whether the client was given a lease in an attempt after its first. */
  wasServedLater(client: number): boolean {
    return this.#servedLater.get(client) === 1;
  }
}
