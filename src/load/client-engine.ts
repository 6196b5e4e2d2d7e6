import { DecodeError } from '../dhcp/decode-error.js';
import type { Answer, Observation } from '../observations/model.js';
import { NO_LEASE, type Exchange, type Reply } from './exchange.js';
import { identityOf } from './identities.js';
import type { Random } from './random.js';
import { Messages } from './messages.js';
import { Timers } from './timers.js';
import { phaseOf, TransactionTable } from './transaction-table.js';

export interface ClientEngineRequest {
  exchange: Exchange;
  caseIndex: number;
  seed: number;
  servers: number;
  /** When each client starts, microseconds; see `planStarts`. */
  starts: Float64Array;
  timeoutMs: number;
  maxAttempts: number;
  restartDelayMs: readonly [number, number];
  /** Between an offer and the REQUEST for it. */
  collectOffersMs: number;
  retransmit: boolean;
  random: Random;
  /** Sends one datagram to a server of this case. */
  send: (server: number, datagram: Uint8Array) => void;
  /** The load's clock, microseconds. */
  nowUs: () => number;
  observe: (observation: Observation) => void;
}

/**
 * The clients of one case. Starts follow the schedule whatever the answers do; a client that is refused, or gets no
 * answer in time, keeps its identity and starts over, up to a limit. Told the time by `advance` and given datagrams by
 * `receive`, it never waits for anything itself.
 */
export class ClientEngine {
  readonly #request: ClientEngineRequest;
  readonly #timers = new Timers();
  readonly #table = new TransactionTable();
  readonly #messages: Messages;
  /** Offers taken whose REQUEST is still to be sent, by its transaction. */
  readonly #offers = new Map<number, Reply>();
  /** By client. */
  readonly #attempts: Uint16Array;
  #nextStart = 0;
  readonly #startOrder: Uint32Array;
  #active = 0;
  #accepting = true;

  constructor(request: ClientEngineRequest) {
    this.#request = request;
    const clients = request.starts.length;
    this.#messages = new Messages({ ...request, clients });
    this.#attempts = new Uint16Array(clients);
    this.#startOrder = Uint32Array.from(request.starts.keys()).sort(
      (left, right) => (request.starts[left] ?? 0) - (request.starts[right] ?? 0),
    );
  }

  /** True when every client has its lease or has given up, or the engine was stopped. */
  get finished(): boolean {
    return !this.#accepting || (this.#nextStart === this.#startOrder.length && this.#active === 0);
  }

  /** Transactions without an answer so far, their time not up. */
  get waiting(): number {
    return this.#table.waiting;
  }

  /** When something is due next, microseconds. */
  get nextAtUs(): number {
    const client = this.#startOrder[this.#nextStart];
    const start =
      client === undefined || !this.#accepting ? Infinity : (this.#request.starts[client] ?? Infinity);
    return Math.min(start, this.#timers.nextAtUs);
  }

  /** Starts no attempt any more; transactions under way are still answered. */
  stop(): void {
    this.#accepting = false;
  }

  /** Does everything that is due. */
  advance(nowUs: number): void {
    for (
      let client = this.#startOrder[this.#nextStart];
      this.#accepting && client !== undefined && (this.#request.starts[client] ?? Infinity) <= nowUs;
      client = this.#startOrder[this.#nextStart]
    ) {
      this.#nextStart++;
      this.#active++;
      this.#startAttempt(client, this.#request.starts[client] ?? nowUs);
    }
    for (let due = this.#timers.take(nowUs); due !== undefined; due = this.#timers.take(nowUs)) {
      if (due.what === 'start') this.#startAttempt(due.number, due.atUs);
      else if (due.what === 'request') this.#requestTaken(due.number, due.atUs);
      else if (due.what === 'deadline') this.#timeOut(due.number);
      else this.#retransmit(due.number, due.atUs, due.delayMs);
    }
  }

  /** Takes a datagram that arrived from a server of this case. */
  receive(server: number, datagram: Uint8Array, nowUs: number): void {
    const { exchange, caseIndex, seed } = this.#request;
    let reply: Reply;
    try {
      reply = exchange.read(datagram);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.#receiveMalformed(server, exchange.guessTransaction(datagram), nowUs);
      return;
    }
    const { transaction } = reply;
    if (!this.#table.isKnown(transaction)) {
      this.#observeAnswer(-1, server, nowUs, 'unmatched', reply);
      return;
    }
    const client = this.#table.clientOf(transaction);
    if (!reply.isFor(identityOf(seed, caseIndex, client))) {
      this.#observeAnswer(transaction, server, nowUs, 'wrong-client', reply);
      return;
    }
    if (this.#serverOf(client) !== server) {
      this.#observeAnswer(transaction, server, nowUs, 'wrong-server', reply);
      return;
    }
    this.#observeAnswer(transaction, server, nowUs, reply.kind, reply);
    if (!this.#end(transaction)) return;
    if (reply.kind !== 'lease') this.#startOver(client, nowUs);
    else if (phaseOf(transaction) === 0) this.#takeOffer(transaction, reply, nowUs);
    else this.#active--;
  }

  #receiveMalformed(server: number, guess: number, nowUs: number): void {
    const transaction = this.#table.isKnown(guess) ? this.#waitingSibling(guess) : -1;
    const client = this.#table.clientOf(transaction);
    if (transaction !== -1 && this.#serverOf(client) !== server) {
      this.#observeAnswer(transaction, server, nowUs, 'wrong-server', undefined);
      return;
    }
    this.#observeAnswer(transaction, server, nowUs, 'malformed', undefined);
    if (this.#end(transaction)) this.#startOver(client, nowUs);
  }

  #startAttempt(client: number, intendedAtUs: number): void {
    if (!this.#accepting) return;
    const attempt = (this.#attempts[client] ?? 0) + 1;
    this.#attempts[client] = attempt;
    this.#begin(this.#table.addAttempt(client, attempt), undefined, intendedAtUs);
  }

  #takeOffer(transaction: number, offer: Reply, nowUs: number): void {
    const { collectOffersMs } = this.#request;
    if (collectOffersMs === 0) {
      this.#begin(transaction + 1, offer, nowUs);
      return;
    }
    this.#offers.set(transaction + 1, offer);
    this.#timers.add(nowUs + collectOffersMs * 1_000, 'request', transaction + 1);
  }

  #requestTaken(transaction: number, atUs: number): void {
    const offer = this.#offers.get(transaction);
    this.#offers.delete(transaction);
    if (offer !== undefined && this.#accepting) this.#begin(transaction, offer, atUs);
  }

  #begin(transaction: number, offer: Reply | undefined, atUs: number): void {
    const client = this.#table.clientOf(transaction);
    this.#table.begin(transaction);
    this.#transmit(transaction, this.#messages.first(transaction, client, offer, atUs), atUs, 0);
    this.#timers.add(atUs + this.#request.timeoutMs * 1_000, 'deadline', transaction);
    if (!this.#request.retransmit) return;
    const delayMs = this.#messages.keep(transaction, client, offer, atUs);
    this.#timers.add(atUs + delayMs * 1_000, 'retransmit', transaction, delayMs);
  }

  #retransmit(transaction: number, atUs: number, beforeMs: number): void {
    const message = this.#messages.again(transaction, atUs, beforeMs);
    if (message === undefined) return;
    this.#transmit(transaction, message.datagram, atUs, message.retransmission);
    this.#timers.add(atUs + message.delayMs * 1_000, 'retransmit', transaction, message.delayMs);
  }

  #transmit(transaction: number, datagram: Uint8Array, intendedAtUs: number, retransmission: number): void {
    this.#request.send(this.#serverOf(this.#table.clientOf(transaction)), datagram);
    const sentAtUs = this.#request.nowUs();
    this.#request.observe({
      type: 'sent',
      ...this.#describe(transaction),
      intendedAtUs,
      sentAtUs,
      retransmission,
    });
  }

  #timeOut(transaction: number): void {
    if (!this.#end(transaction)) return;
    const nowUs = this.#request.nowUs();
    this.#request.observe({ type: 'timeout', ...this.#describe(transaction), atUs: nowUs });
    this.#startOver(this.#table.clientOf(transaction), nowUs);
  }

  /** Closes a transaction; false where it was closed before. */
  #end(transaction: number): boolean {
    if (!this.#table.end(transaction)) return false;
    this.#messages.forget(transaction);
    return true;
  }

  #startOver(client: number, nowUs: number): void {
    if (!this.#accepting) return;
    const { maxAttempts, restartDelayMs, random } = this.#request;
    if ((this.#attempts[client] ?? 0) >= maxAttempts) {
      this.#active--;
      return;
    }
    const [least, most] = restartDelayMs;
    this.#timers.add(nowUs + (least + (most - least) * random()) * 1_000, 'start', client);
  }

  #observeAnswer(
    transaction: number,
    fromServer: number,
    receivedAtUs: number,
    kind: Answer['kind'],
    reply: Reply | undefined,
  ): void {
    const answerIndex = this.#table.answersTo(transaction);
    // Only what belongs to the transaction counts as an answer to it.
    if (transaction !== -1 && kind !== 'wrong-client' && kind !== 'wrong-server') {
      this.#table.countAnswer(transaction);
    }
    this.#request.observe({
      type: 'answer',
      ...(transaction === -1 ? this.#nobody(fromServer) : this.#describe(transaction)),
      receivedAtUs,
      fromServer,
      kind,
      answerIndex,
      leaseType: this.#request.exchange.leaseType,
      lease: reply?.lease ?? NO_LEASE,
      prefixLength: reply?.prefixLength ?? 0,
      validLifetime: reply?.validLifetime ?? 0,
      statusCode: reply?.statusCode ?? 0,
    });
  }

  #describe(transaction: number) {
    const client = this.#table.clientOf(transaction);
    return {
      caseIndex: this.#request.caseIndex,
      phase: this.#request.exchange.phases[phaseOf(transaction)],
      server: this.#serverOf(client),
      client,
      attempt: this.#table.attemptOf(transaction),
      transaction,
    };
  }

  #nobody(server: number) {
    const { caseIndex, exchange } = this.#request;
    return { caseIndex, phase: exchange.phases[0], server, client: -1, attempt: 0, transaction: -1 };
  }

  /** Where both phases have one transaction id, as in DHCPv4: the one that waits for an answer. */
  #waitingSibling(transaction: number): number {
    const { exchange } = this.#request;
    const isShared = exchange.transactionId(transaction) === exchange.transactionId(transaction + 1);
    return isShared && this.#table.isWaiting(transaction + 1) ? transaction + 1 : transaction;
  }

  #serverOf(client: number): number {
    return client % this.#request.servers;
  }
}
