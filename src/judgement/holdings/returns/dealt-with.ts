import { Column } from '../../fold/columns.js';

/**
 * A server that has not dealt with a message after this time has lost it. Its socket and Kea queue some hundred
 * messages. A slow server deals with them sooner.
 */
const LOST_AFTER_US = 60_000_000;

/**
 * When servers had dealt with messages that they may not answer. A server takes messages in the order in which they
 * come. So a message counts as dealt with once the server has answered a request that was sent later. A server with
 * several threads may finish two messages in the other order, but hardly with the time of an exchange between them.
 */
export class DealtWith {
  /** By server: the copies of messages that it may not have dealt with, in the order of sending. */
  readonly #copies: Copies[] = [];
  /** By message: how many of its copies are among those, when the last one was sent, and when it was dealt with. */
  readonly #open = new Column(Int32Array);
  readonly #lastSentAtUs = new Column(Float64Array);
  readonly #dealtAtUs = new Column(Float64Array);

  /** A copy of a message was sent. Call it in the order of time. */
  sent(message: number, server: number, atUs: number): void {
    (this.#copies[server] ??= new Copies()).add(message, atUs);
    this.#open.set(message, this.#open.get(message) + 1);
    this.#lastSentAtUs.set(message, atUs);
  }

  /** A server answered a request that was first sent at `askedAtUs`. */
  answered(server: number, askedAtUs: number, nowUs: number): void {
    const copies = this.#copies[server];
    if (copies === undefined) return;
    for (let message = copies.take(askedAtUs); message >= 0; message = copies.take(askedAtUs)) {
      this.#open.set(message, this.#open.get(message) - 1);
      this.#dealtAtUs.set(message, nowUs);
    }
  }

  /** Whether the server may deal with the message at `atUs` or later, as far as anybody knows. */
  mayComeAfter(message: number, atUs: number): boolean {
    const isKnown = this.#open.get(message) === 0 && this.#dealtAtUs.get(message) <= atUs;
    return !isKnown && this.#lastSentAtUs.get(message) + LOST_AFTER_US > atUs;
  }
}

class Copies {
  readonly #messages = new Column(Int32Array);
  readonly #sentAtUs = new Column(Float64Array);
  #first = 0;

  add(message: number, sentAtUs: number): void {
    this.#messages.push(message);
    this.#sentAtUs.push(sentAtUs);
  }

  /** Takes the first copy if it was sent no later than `askedAtUs`. Returns its message, or -1. */
  take(askedAtUs: number): number {
    if (this.#first >= this.#messages.length || !(this.#sentAtUs.get(this.#first) <= askedAtUs)) return -1;
    return this.#messages.get(this.#first++);
  }
}
