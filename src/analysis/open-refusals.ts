/** A renewal that a server refused. */
export interface RefusedRenewal {
  holder: number;
  /** When the request was first sent, which tells it from the binding's others. */
  sentAtUs: number;
  server: number;
  /** What its client holds and was refused. */
  leases: readonly number[];
}

/**
 * Refusals that may turn out to take nothing away: of several servers that a REBIND reaches, one says NoBinding at once, and
 * another one prolongs the lease a moment later.
 */
export class OpenRefusals<T extends RefusedRenewal> {
  readonly #ofHolder = new Map<number, T>();
  readonly #onFinal: (refused: T) => void;

  /** @param onFinal is told of each that nobody prolonged */
  constructor(onFinal: (refused: T) => void) {
    this.#onFinal = onFinal;
  }

  add(refused: T): void {
    this.#settle(this.#ofHolder.get(refused.holder));
    this.#ofHolder.set(refused.holder, refused);
  }

  /** An answer gives a binding these leases. */
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
