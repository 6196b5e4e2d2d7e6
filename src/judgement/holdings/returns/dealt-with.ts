import { Column } from '../../fold/columns.js';

/**
 * A server that has not dealt with a message after this time has lost it. Its socket and Kea queue some hundred
 * messages. A slow server deals with them sooner.
 */
const LOST_AFTER_US = 60_000_000;

/** A server with several threads works on several messages at once. One of them may take longer by this time. */
const ABREAST_US = 500_000;

/** What faults did to messages, microseconds. */
export interface OfFaults {
  /** For how long they kept servers from their work. */
  stalledUs: number;
  /** For how long they held messages back, so that later ones overtook these. */
  lateUs: number;
}

/**
 * When servers had dealt with messages that they may not answer. A server takes messages in the order in which they
 * come. So a message counts as dealt with once the server has answered it, or a request that was sent later.
 */
export class DealtWith {
  /** By server: the copies of messages that it may not have dealt with, in the order of sending. */
  readonly #copies: Copies[] = [];
  /** By message: how many of its copies are open, when the last one was sent, and when one was dealt with last. */
  readonly #open = new Column(Int32Array);
  readonly #lastSentAtUs = new Column(Float64Array);
  readonly #dealtAtUs = new Column(Float64Array);
  /** By message: 1 if the answer to its first copy has come while that copy is open. */
  readonly #isAnswered = new Column(Uint8Array);
  readonly #lostAfterUs: number;
  readonly #abreastUs: number;

  constructor({ stalledUs, lateUs }: OfFaults = { stalledUs: 0, lateUs: 0 }) {
    this.#lostAfterUs = LOST_AFTER_US + stalledUs + lateUs;
    this.#abreastUs = ABREAST_US + lateUs;
  }

  /** A copy of a message was sent. Call it in the order of time. */
  sent(message: number, server: number, atUs: number): void {
    (this.#copies[server] ??= new Copies()).add(message, atUs);
    this.#open.set(message, this.#open.get(message) + 1);
    this.#lastSentAtUs.set(message, atUs);
  }

  /** The server answered the message itself. The answer may be to its first copy. */
  answeredItself(message: number, nowUs: number): void {
    if (this.#open.get(message) === 0) return;
    this.#isAnswered.set(message, 1);
    this.#dealtAtUs.set(message, nowUs);
  }

  /** A server answered a request that was first sent at `askedAtUs`. */
  answered(server: number, askedAtUs: number, nowUs: number): void {
    const copies = this.#copies[server];
    if (copies === undefined) return;
    const sentBeforeUs = askedAtUs - this.#abreastUs;
    for (let message = copies.take(sentBeforeUs); message >= 0; message = copies.take(sentBeforeUs)) {
      this.#open.set(message, this.#open.get(message) - 1);
      if (this.#isAnswered.get(message) === 0) this.#dealtAtUs.set(message, nowUs);
      this.#isAnswered.set(message, 0);
    }
  }

  /** Whether the server may deal with the message at `atUs` or later, as far as anybody knows. */
  mayComeAfter(message: number, atUs: number): boolean {
    const open = this.#open.get(message) - this.#isAnswered.get(message);
    const isKnown = open === 0 && this.#dealtAtUs.get(message) <= atUs;
    return !isKnown && !this.isLost(message, atUs);
  }

  isLost(message: number, atUs: number): boolean {
    return !(this.#lastSentAtUs.get(message) + this.#lostAfterUs > atUs);
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

  /** Takes the first copy if it was sent no later than `atUs`. Returns its message, or -1. */
  take(atUs: number): number {
    if (this.#first >= this.#messages.length || !(this.#sentAtUs.get(this.#first) <= atUs)) return -1;
    return this.#messages.get(this.#first++);
  }
}
