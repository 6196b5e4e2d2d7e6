import { STEP, type Exchange, type Step } from '../exchanges/exchange.js';
import type { Messages } from '../exchanges/messages.js';
import type { Random } from '../pacing/random.js';
import type { Recorder } from './recorder.js';
import { DUE, type Timers } from '../pacing/timers.js';
import type { TransactionTable } from './transaction-table.js';

export interface TransmissionRequest {
  exchange: Exchange;
  servers: number;
  /** Whether a REQUEST goes to every server, not only to the one that it names. */
  toAll?: boolean | undefined;
  timeoutMs: number;
  retransmit: boolean;
  random: Random;
  /** Sends a copy of a client's datagram to a server of this case. */
  send: (server: number, datagram: Uint8Array, client: number) => void;
  /** The load's clock, microseconds. */
  nowUs: () => number;
}

/**
 * Sends the messages of a case's transactions, whatever they are about, from the first message to the transaction's
 * end.
 */
export class Transmission {
  readonly #request: TransmissionRequest;
  readonly #table: TransactionTable;
  readonly #messages: Messages;
  readonly #recorder: Recorder;
  readonly #timers: Timers;

  constructor(
    request: TransmissionRequest,
    table: TransactionTable,
    messages: Messages,
    recorder: Recorder,
    timers: Timers,
  ) {
    this.#request = request;
    this.#table = table;
    this.#messages = messages;
    this.#recorder = recorder;
    this.#timers = timers;
  }

  /** Sends a transaction's message. A transaction that expects no answer is over with that. */
  begin(transaction: number, message: Uint8Array, atUs: number): void {
    const { timeoutMs, retransmit } = this.#request;
    this.#table.begin(transaction, atUs / 1_000);
    this.#transmit(transaction, message, atUs, 0);
    if (this.#step(transaction).answer === null) {
      this.#table.end(transaction);
      return;
    }
    this.#timers.add(atUs + timeoutMs * 1_000, DUE.deadline, transaction);
    if (retransmit) this.#scheduleRetransmission(transaction, atUs, 0);
  }

  /** Retransmits the message, if the transaction still waits and its limit is not reached. */
  retransmit(transaction: number, atUs: number, beforeMs: number): void {
    const { maxRetransmissions } = this.#step(transaction).retransmission;
    if (!this.#table.isWaiting(transaction)) return;
    if (this.#table.retransmissionsOf(transaction) >= maxRetransmissions) return;
    const times = this.#table.retransmit(transaction);
    this.#transmit(transaction, this.#messages.again(transaction, atUs), atUs, times);
    this.#scheduleRetransmission(transaction, atUs, beforeMs);
  }

  /**
   * Whether an answer now comes at least a millisecond after the deadline, to a transaction that has not been ended
   * yet.
   */
  isOverdue(transaction: number, nowUs: number): boolean {
    return (
      this.#table.isWaiting(transaction) &&
      nowUs >= (this.#table.movedMs(transaction) + this.#request.timeoutMs + 1) * 1_000
    );
  }

  /** Ends a transaction whose time is up; false where it was over before. */
  timeOut(transaction: number, nowUs: number): boolean {
    if (!this.end(transaction)) return false;
    this.#recorder.timedOut(transaction, nowUs);
    return true;
  }

  /** Ends a transaction; false where it was over before. */
  end(transaction: number): boolean {
    if (!this.#table.end(transaction)) return false;
    if (this.#request.retransmit) this.#messages.forget(transaction);
    return true;
  }

  #scheduleRetransmission(transaction: number, atUs: number, beforeMs: number): void {
    const delayMs = this.#step(transaction).retransmission.next(beforeMs, this.#request.random());
    this.#timers.add(atUs + delayMs * 1_000, DUE.retransmit, transaction, delayMs);
  }

  #transmit(transaction: number, datagram: Uint8Array, intendedAtUs: number, retransmission: number): void {
    const { send, nowUs, servers, toAll = false } = this.#request;
    const server = this.#table.serverOf(transaction);
    const client = this.#table.clientOf(transaction);
    send(server, datagram, client);
    if (toAll && this.#table.stepOf(transaction) === STEP.request) {
      for (let other = 0; other < servers; other++) if (other !== server) send(other, datagram, client);
    }
    this.#recorder.sent(transaction, intendedAtUs, nowUs(), retransmission);
  }

  #step(transaction: number): Step {
    const { steps } = this.#request.exchange;
    return steps[this.#table.stepOf(transaction)] ?? steps[0];
  }
}
