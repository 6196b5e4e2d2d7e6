import type { Answer } from '../observations/model.js';
import { Column } from './columns.js';
import { FirstLeases } from './first-leases.js';
import type { Outcome } from './model.js';

// What has become of a transaction, in one byte.
const TIMED_OUT = 1;
const ANSWERED = 2;
const LEASE = 4;
const REFUSED = 8;
const NAK = 16;
const MALFORMED = 32;
const LATE = 64;
const OPEN = 128;

export type AnswerPosition =
  /** The first answer's first lease or refusal. */
  | 'first'
  /** Another one in the same message: its second IA. */
  | 'first-continued'
  | 'extra'
  | 'extra-continued';

/**
 * The state of every transaction of a case, by its running number. The outcome is decided by the first answer
 * that matches; one that can't be decoded, or comes with another identity or from another server, doesn't
 * decide while a better one may follow.
 */
export class Transactions {
  readonly #state = new Column(Uint8Array);
  /** Phase number, server and attempt; see `packed`. */
  readonly #belongs = new Column(Int32Array);
  readonly #clients = new Column(Int32Array);
  readonly #sentAtUs = new Column(Float64Array);
  /** Of those that were sent more than once the latest time: few. */
  readonly #resentAtUs = new Column(Float64Array);
  readonly #intendedAtUs = new Column(Float64Array);
  readonly #firstAnswer = new Column(Int32Array);
  readonly #lastAnswer = new Column(Int32Array);
  /** The leases of the first answer, by lease type; and the server that it came from. */
  readonly #firstLeases = [new FirstLeases(), new FirstLeases()] as const;
  readonly #firstFrom = new Column(Uint8Array);

  get count(): number {
    return this.#state.length;
  }

  isBegun(transaction: number): boolean {
    return this.#state.get(transaction) !== 0;
  }

  /** @param attempt from 1, at most 65,535, as the journal holds it */
  begin(transaction: number, phase: number, server: number, attempt: number, client: number): void {
    this.#state.set(transaction, OPEN);
    this.#belongs.set(transaction, packed(phase, server, attempt));
    this.#clients.set(transaction, client);
    this.#sentAtUs.set(transaction, NaN);
    this.#intendedAtUs.set(transaction, NaN);
  }

  /** Whether it has begun, and with a message of just these. */
  isOf(transaction: number, phase: number, server: number, attempt: number, client: number): boolean {
    return (
      this.isBegun(transaction) &&
      this.#belongs.get(transaction) === packed(phase, server, attempt) &&
      this.#clients.get(transaction) === client
    );
  }

  sent(transaction: number, intendedAtUs: number, sentAtUs: number): void {
    if (!Number.isNaN(this.#sentAtUs.get(transaction))) {
      this.#resentAtUs.set(transaction, sentAtUs);
      return;
    }
    this.#intendedAtUs.set(transaction, intendedAtUs);
    this.#sentAtUs.set(transaction, sentAtUs);
  }

  /** First sending, microseconds; NaN if it wasn't observed. */
  sentAtUs(transaction: number): number {
    return this.#sentAtUs.get(transaction);
  }

  /** Latest sending so far; the same. */
  lastSentAtUs(transaction: number): number {
    return Math.max(this.#sentAtUs.get(transaction), this.#resentAtUs.get(transaction));
  }

  intendedAtUs(transaction: number): number {
    return this.#intendedAtUs.get(transaction);
  }

  timedOut(transaction: number): void {
    if (!this.#has(transaction, ANSWERED)) this.#mark(transaction, TIMED_OUT);
  }

  malformed(transaction: number): void {
    if (!this.#has(transaction, TIMED_OUT | ANSWERED)) this.#mark(transaction, MALFORMED);
  }

  /** @param answerIndex distinguishes messages; one message may bring several leases or refusals */
  position(transaction: number, answerIndex: number): AnswerPosition {
    const message = Math.min(answerIndex, 0xffff);
    if (!this.#has(transaction, ANSWERED)) {
      this.#mark(transaction, this.#has(transaction, TIMED_OUT) ? ANSWERED | LATE : ANSWERED);
      this.#firstAnswer.set(transaction, message);
      this.#lastAnswer.set(transaction, message);
      return 'first';
    }
    if (message === this.#firstAnswer.get(transaction)) return 'first-continued';
    if (message === this.#lastAnswer.get(transaction)) return 'extra-continued';
    this.#lastAnswer.set(transaction, message);
    return 'extra';
  }

  gotLease(transaction: number, type: 0 | 1, lease: number, fromServer: number): void {
    this.#mark(transaction, LEASE);
    this.#firstFrom.set(transaction, fromServer);
    this.#firstLeases[type].add(transaction, lease);
  }

  gotRefusal(transaction: number, kind: 'nak' | 'no-lease'): void {
    this.#mark(transaction, kind === 'nak' ? NAK : REFUSED);
  }

  /** A lease in the first answer, of several the last one; or -1. */
  firstLease(transaction: number, type: 0 | 1): number {
    return this.#firstLeases[type].latest(transaction);
  }

  /** Whether the first answer gave leases of this type, and not this one. */
  gaveOthersFirst(transaction: number, type: 0 | 1, lease: number): boolean {
    const leases = this.#firstLeases[type];
    return leases.latest(transaction) >= 0 && !leases.has(transaction, lease);
  }

  /** Whether the same message gave a lease of that type before, so that this takes away another one in its favour. */
  gaveBefore({ transaction, leaseType }: Answer, position: AnswerPosition): boolean {
    const isContinued = position === 'first-continued' || position === 'extra-continued';
    return isContinued && this.firstLease(transaction, leaseType === 'prefix' ? 1 : 0) >= 0;
  }

  /** The server that `firstLease` came from. */
  firstLeaseFrom(transaction: number): number {
    return this.#firstFrom.get(transaction);
  }

  isAnswered(transaction: number): boolean {
    return this.#has(transaction, ANSWERED);
  }

  /** Without any answer that is its own, legible or not. */
  isSilent(transaction: number): boolean {
    return this.isBegun(transaction) && !this.#has(transaction, ANSWERED | MALFORMED);
  }

  isLate(transaction: number): boolean {
    return this.#has(transaction, LATE);
  }

  hasLease(transaction: number): boolean {
    return this.#has(transaction, LEASE);
  }

  phase(transaction: number): number {
    return this.#belongs.get(transaction) >> 23;
  }

  server(transaction: number): number {
    return (this.#belongs.get(transaction) >> 16) & 0x7f;
  }

  client(transaction: number): number {
    return this.#clients.get(transaction);
  }

  attempt(transaction: number): number {
    return this.#belongs.get(transaction) & 0xffff;
  }

  isFirstAttempt(transaction: number): boolean {
    return this.attempt(transaction) === 1;
  }

  /** A refusal after the timeout leaves `timeout`: the client had gone on. Undefined for a number not in use. */
  outcome(transaction: number): Outcome | undefined {
    const state = this.#state.get(transaction);
    if (state === 0) return undefined;
    if ((state & ANSWERED) === 0) return (state & MALFORMED) === 0 ? 'timeout' : 'malformed';
    if ((state & LATE) !== 0) return (state & LEASE) === 0 ? 'timeout' : 'late';
    if ((state & LEASE) !== 0) return (state & (REFUSED | NAK)) === 0 ? 'lease' : 'partial';
    return (state & NAK) === 0 ? 'no-lease' : 'nak';
  }

  #has(transaction: number, bits: number): boolean {
    return (this.#state.get(transaction) & bits) !== 0;
  }

  #mark(transaction: number, bits: number): void {
    this.#state.set(transaction, this.#state.get(transaction) | bits);
  }
}

/** 8 bits of phase number, 7 of server, 16 of attempt. */
function packed(phase: number, server: number, attempt: number): number {
  return (phase << 23) | (server << 16) | attempt;
}
