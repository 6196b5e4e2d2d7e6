/** A renewal that a server refused. */
export interface RefusedRenewal {
  holder: number;
  /** When the request was first sent. This tells the request from the other requests of the binding. */
  sentAtUs: number;
  server: number;
  /** The leases that the client holds and the server refused. */
  leases: readonly number[];
}

/**
 * Refusals that may turn out to take nothing away. A REBIND may reach several servers: one says NoBinding at once,
 * and another prolongs the lease a moment later.
 */
export class OpenRefusals<T extends RefusedRenewal> {
  readonly #ofHolder = new Map<number, T>();
  readonly #onFinal: (refused: T) => void;

  /** @param onFinal is called with each refusal after which no other server prolonged a lease */
  constructor(onFinal: (refused: T) => void) {
    this.#onFinal = onFinal;
  }

  add(refused: T): void {
    this.#settle(this.#ofHolder.get(refused.holder));
    this.#ofHolder.set(refused.holder, refused);
  }

  /** An answer gives these leases to a binding. */
  given({ holder, sentAtUs, server, leases }: RefusedRenewal): void {
    const refused = this.#ofHolder.get(holder);
    if (refused === undefined) return;
    const isProlonged =
      refused.sentAtUs === sentAtUs &&
      refused.server !== server &&
      leases.some((lease) => refused.leases.includes(lease));
    if (isProlonged) this.#ofHolder.delete(holder);
    else if (refused.sentAtUs !== sentAtUs) this.#settle(refused);
  }

  settleAll(): void {
    for (const refused of [...this.#ofHolder.values()]) this.#settle(refused);
  }

  #settle(refused: T | undefined): void {
    if (refused === undefined) return;
    this.#ofHolder.delete(refused.holder);
    this.#onFinal(refused);
  }
}
