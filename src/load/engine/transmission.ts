import { STEP, type Exchange, type Step } from '../exchanges/exchange.js';
import type { Messages } from '../exchanges/messages.js';
import { NO_TICKET } from '../transport/departures.js';
import type { Random } from '../pacing/random.js';
import type { Recorder } from './recorder.js';
import { DUE, type Timers } from '../pacing/timers.js';
import type { TransactionTable } from './transaction-table.js';

/** The numbers kept of a message: its transaction, when it was to leave, which retransmission it is, and its ticket. */
const DEPARTING = 4;

export interface TransmissionRequest {
  exchange: Exchange;
  servers: number;
  /** Whether a REQUEST goes to every server, not only to the one that it names. */
  toAll?: boolean | undefined;
  timeoutMs: number;
  retransmit: boolean;
  random: Random;
  /** Sends a copy of a client's datagram to a server of this case, and returns its ticket; see `Departures`. */
  send: (server: number, datagram: Uint8Array, client: number) => number;
  /** Sends what is queued; by default nothing is. */
  flush?: (() => void) | undefined;
  /** When the message of a ticket left. */
  leftAtUs: (ticket: number) => number;
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
  /** Messages that were sent and are not recorded yet, `DEPARTING` numbers for each. */
  #departing = new Float64Array(DEPARTING * 64);
  #departed = 0;

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
    // A load that is very late may send a message and give it up in one go. Then it left before it was given up.
    let atUs = nowUs;
    if (this.#departed > 0) {
      this.#request.flush?.();
      this.noteDepartures();
      atUs = this.#request.nowUs();
    }
    this.#recorder.timedOut(transaction, atUs);
    return true;
  }

  /** Ends a transaction; false where it was over before. */
  end(transaction: number): boolean {
    if (!this.#table.end(transaction)) return false;
    if (this.#request.retransmit) this.#messages.forget(transaction);
    return true;
  }

  /** Records the messages that have left since the last call. Call it after a flush, and before answers are read. */
  noteDepartures(): void {
    const { leftAtUs } = this.#request;
    for (let at = 0; at < this.#departed; at += DEPARTING) {
      const transaction = this.#departing[at] ?? 0;
      const intendedAtUs = this.#departing[at + 1] ?? 0;
      const retransmission = this.#departing[at + 2] ?? 0;
      const ticket = this.#departing[at + 3] ?? 0;
      this.#recorder.sent(transaction, intendedAtUs, leftAtUs(ticket), retransmission);
    }
    this.#departed = 0;
  }

  #depart(transaction: number, intendedAtUs: number, retransmission: number, ticket: number): void {
    if (this.#departed === this.#departing.length) {
      const longer = new Float64Array(2 * this.#departing.length);
      longer.set(this.#departing);
      this.#departing = longer;
    }
    this.#departing[this.#departed] = transaction;
    this.#departing[this.#departed + 1] = intendedAtUs;
    this.#departing[this.#departed + 2] = retransmission;
    this.#departing[this.#departed + 3] = ticket;
    this.#departed += DEPARTING;
  }

  #scheduleRetransmission(transaction: number, atUs: number, beforeMs: number): void {
    const delayMs = this.#step(transaction).retransmission.next(beforeMs, this.#request.random());
    this.#timers.add(atUs + delayMs * 1_000, DUE.retransmit, transaction, delayMs);
  }

  #transmit(transaction: number, datagram: Uint8Array, intendedAtUs: number, retransmission: number): void {
    const { send, servers, toAll = false, nowUs } = this.#request;
    const server = this.#table.serverOf(transaction);
    const client = this.#table.clientOf(transaction);
    const ticket = send(server, datagram, client);
    if (toAll && this.#table.stepOf(transaction) === STEP.request) {
      for (let other = 0; other < servers; other++) if (other !== server) send(other, datagram, client);
    }
    if (ticket === NO_TICKET) this.#recorder.sent(transaction, intendedAtUs, nowUs(), retransmission);
    else this.#depart(transaction, intendedAtUs, retransmission, ticket);
  }

  #step(transaction: number): Step {
    const { steps } = this.#request.exchange;
    return steps[this.#table.stepOf(transaction)] ?? steps[0];
  }
}
