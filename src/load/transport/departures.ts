/** More messages than can be queued at one time. */
const REMEMBERED = 2 ** 14;

/** Stands for a message whose departure nobody notes, as a fault holds it back or loses it. */
export const NO_TICKET = -1;

/**
 * When messages left. A message gets a ticket when it is queued. With the ticket its sender learns, after the flush, when
 * the system call began that took the message to the kernel.
 */
export class Departures {
  readonly #atUs = new Float64Array(REMEMBERED);
  #next = 0;

  /** How many tickets were taken so far. */
  get taken(): number {
    return this.#next;
  }

  /** A ticket for a message that is queued. It is good for the next `REMEMBERED` messages. */
  take(): number {
    return this.#next++;
  }

  note(ticket: number, atUs: number): void {
    this.#atUs[ticket & (REMEMBERED - 1)] = atUs;
  }

  /** Microseconds of the load's clock. */
  of(ticket: number): number {
    return this.#atUs[ticket & (REMEMBERED - 1)] ?? 0;
  }
}
