import type { Answer } from '../../observations/observation.js';
import { Column } from './columns.js';
import { FirstLeases } from '../holdings/first-leases.js';
import type { Outcome } from '../../results/outcomes.js';

// The flags of a transaction's state, in one byte.
const TIMED_OUT = 1;
const ANSWERED = 2;
const LEASE = 4;
const REFUSED = 8;
const NAK = 16;
const MALFORMED = 32;
const LATE = 64;
const OPEN = 128;

export type AnswerPosition =
  /** The first lease or refusal of the first answer. */
  | 'first'
  /** A further lease or refusal in the first answer, of a second IA. */
  | 'first-continued'
  | 'extra'
  | 'extra-continued';

/**
 * The state of every transaction of a case, by its running number. The first matching answer decides the outcome. An
 * answer that can't be decoded, that carries another identity or that comes from another server does not decide,
 * because a better one may follow.
 */
export class Transactions {
  readonly #state = new Column(Uint8Array);
  /** Phase number, server and attempt; see `packed`. */
  readonly #belongs = new Column(Int32Array);
  readonly #clients = new Column(Int32Array);
  readonly #sentAtUs = new Column(Float64Array);
  /** The latest sending of each transaction that was sent more than once: few are. */
  readonly #resentAtUs = new Column(Float64Array);
  readonly #intendedAtUs = new Column(Float64Array);
  readonly #firstAnswer = new Column(Int32Array);
  readonly #lastAnswer = new Column(Int32Array);
  /**
   * By lease type and transaction: the leases of the first answer. `#firstFrom` is the server that the answer came
   * from.
   */
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

  /** Whether the transaction has begun with a message of this phase, server, attempt and client. */
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

  /** Time of the first sending, microseconds; NaN if nobody observed it. */
  sentAtUs(transaction: number): number {
    return this.#sentAtUs.get(transaction);
  }

  /** Time of the latest sending so far, microseconds; NaN if nobody observed one. */
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

  /** @param answerIndex the number of the message; one message may bring several leases or refusals */
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

  /** The lease in the first answer, the last one if there were several; -1 for none. */
  firstLease(transaction: number, type: 0 | 1): number {
    return this.#firstLeases[type].latest(transaction);
  }

  /** Whether the first answer gave leases of this type, but not this lease. */
  gaveOthersFirst(transaction: number, type: 0 | 1, lease: number): boolean {
    const leases = this.#firstLeases[type];
    return leases.latest(transaction) >= 0 && !leases.has(transaction, lease);
  }

  /**
   * Whether the same message already gave a lease of this type. Then it takes another lease away in favour of that
   * one.
   */
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

  /** Whether the transaction got no answer of its own, legible or not. */
  isSilent(transaction: number): boolean {
    return this.isBegun(transaction) && !this.#has(transaction, ANSWERED | MALFORMED);
  }

  isLate(transaction: number): boolean {
    return this.#has(transaction, LATE);
  }

  /** Whether the client gave up before any answer came. */
  isGivenUp(transaction: number): boolean {
    return this.#has(transaction, TIMED_OUT);
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

  /**
   * Undefined for a number not in use. A refusal after the timeout leaves `timeout`, because the client had gone on.
   */
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
