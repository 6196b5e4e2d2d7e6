import TinyQueue from 'tinyqueue';

/** Something due at a moment of the load's clock. */
export interface Due {
  atUs: number;
  what: 'start' | 'request' | 'deadline' | 'retransmit';
  /** The client for `start`, else the transaction. */
  number: number;
  /** The delay that led here, for the next retransmission. */
  delayMs: number;
}

/** What is due, earliest first. */
export class Timers {
  readonly #queue = new TinyQueue<Due>([], (left, right) => left.atUs - right.atUs);

  add(atUs: number, what: Due['what'], number: number, delayMs = 0): void {
    this.#queue.push({ atUs, what, number, delayMs });
  }

  get nextAtUs(): number {
    return this.#queue.peek()?.atUs ?? Infinity;
  }

  /** The earliest, if it is due. */
  take(nowUs: number): Due | undefined {
    return this.nextAtUs <= nowUs ? this.#queue.pop() : undefined;
  }
}
