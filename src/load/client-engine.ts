import { DecodeError } from '../dhcp/decode-error.js';
import type { Observation } from '../observations/model.js';
import { Clients } from './clients.js';
import type { Exchange, Reply, Step } from './exchange.js';
import { Messages } from './messages.js';
import type { Random } from './random.js';
import { Recorder } from './recorder.js';
import type { Arrivals } from './schedule.js';
import { DUE, Timers } from './timers.js';
import { TransactionTable } from './transaction-table.js';

export interface ClientEngineRequest {
  exchange: Exchange;
  caseIndex: number;
  seed: number;
  servers: number;
  /** When each client starts, microseconds of the load's clock. */
  arrivals: Arrivals;
  timeoutMs: number;
  maxAttempts: number;
  restartDelayMs: readonly [number, number];
  /** Between an offer and the REQUEST for it. */
  collectOffersMs: number;
  retransmit: boolean;
  random: Random;
  /** Sends one datagram to a server of this case; the datagram is then its own. */
  send: (server: number, datagram: Uint8Array) => void;
  /** The load's clock, microseconds. */
  nowUs: () => number;
  /** Is told what happens; what it is given holds until it returns. */
  observe: (observation: Observation) => void;
}

/** How long after its time is up, and that of what followed it, a transaction can still be answered. */
const LATEST_ANSWER_MS = 60_000;

/**
 * The clients of one case. Starts follow the schedule whatever the answers do; a client that is refused, or gets no
 * answer in time, keeps its identity and starts over, up to a limit. Told the time by `advance` and given datagrams by
 * `receive`, it never waits for anything itself; nor does it make an object, a promise or a timer for an exchange.
 */
export class ClientEngine {
  readonly #request: ClientEngineRequest;
  readonly #timers = new Timers();
  readonly #table: TransactionTable;
  readonly #clients: Clients;
  readonly #messages: Messages;
  readonly #recorder: Recorder;
  #active = 0;
  #accepting = true;

  constructor(request: ClientEngineRequest) {
    this.#request = request;
    const { exchange, arrivals, timeoutMs, collectOffersMs } = request;
    this.#table = new TransactionTable({
      ids: 2 ** exchange.idBits,
      keepMs: exchange.steps.length * timeoutMs + collectOffersMs + LATEST_ANSWER_MS,
      expected: exchange.steps.length * arrivals.clients,
    });
    this.#clients = new Clients(arrivals.clients);
    this.#messages = new Messages({ ...request, table: this.#table, clients: this.#clients });
    this.#recorder = new Recorder(request, this.#table);
  }

  /** True when every client has its lease or has given up, or the engine was stopped. */
  get finished(): boolean {
    return !this.#accepting || (this.#request.arrivals.nextAtUs === Infinity && this.#active === 0);
  }

  /** Transactions without an answer so far, their time not up. */
  get waiting(): number {
    return this.#table.waiting;
  }

  /** When something is due next, microseconds. */
  get nextAtUs(): number {
    const start = this.#accepting ? this.#request.arrivals.nextAtUs : Infinity;
    return Math.min(start, this.#timers.nextAtUs);
  }

  /** Starts no attempt any more; transactions under way are still answered. */
  stop(): void {
    this.#accepting = false;
  }

  /** Does what is due, but no more than so much at once: answers must be read meanwhile. */
  advance(nowUs: number, most = Infinity): void {
    const { arrivals } = this.#request;
    let left = most;
    for (; this.#accepting && arrivals.nextAtUs <= nowUs && left > 0; left--) {
      const atUs = arrivals.nextAtUs;
      this.#active++;
      this.#startAttempt(arrivals.take(), atUs);
    }
    for (; left > 0 && this.#timers.take(nowUs); left--) this.#doWhatIsDue(this.#timers);
  }

  /** Takes a datagram that arrived from a server of this case. */
  receive(server: number, datagram: Uint8Array, nowUs: number): void {
    const reply = this.#read(datagram);
    if (reply === undefined) {
      this.#receiveMalformed(server, this.#request.exchange.guessId(datagram), nowUs);
      return;
    }
    const transaction = this.#answeredBy(reply);
    if (transaction === -1) {
      this.#recorder.answered(-1, server, nowUs, 'unmatched', reply);
      return;
    }
    if (!this.#messages.isFor(reply, transaction)) {
      this.#recorder.answered(transaction, server, nowUs, 'wrong-client', reply);
      return;
    }
    if (this.#table.serverOf(transaction) !== server) {
      this.#recorder.answered(transaction, server, nowUs, 'wrong-server', reply);
      return;
    }
    this.#recorder.answered(transaction, server, nowUs, reply.kind, reply);
    if (!this.#end(transaction)) return;
    if (reply.kind !== 'lease') this.#startOver(this.#table.clientOf(transaction), nowUs);
    else if (reply.answer === 'offer') this.#takeOffer(transaction, reply, nowUs);
    else this.#active--;
  }

  #read(datagram: Uint8Array): Reply | undefined {
    try {
      return this.#request.exchange.read(datagram);
    } catch (error) {
      if (error instanceof DecodeError) return undefined;
      throw error;
    }
  }

  /** The transaction that was begun under this id and is answered so, or -1. */
  #answeredBy({ id, answer }: Reply): number {
    let transaction = this.#messages.transactionOf(id);
    while (transaction !== -1 && this.#table.isBegun(transaction)) {
      if (this.#step(transaction).answer === answer) return transaction;
      transaction = this.#following(transaction);
    }
    return -1;
  }

  #receiveMalformed(server: number, guessedId: number, nowUs: number): void {
    const transaction = guessedId === -1 ? -1 : this.#latestUnder(guessedId);
    if (transaction !== -1 && this.#table.serverOf(transaction) !== server) {
      this.#recorder.answered(transaction, server, nowUs, 'wrong-server', undefined);
      return;
    }
    this.#recorder.answered(transaction, server, nowUs, 'malformed', undefined);
    if (transaction !== -1 && this.#end(transaction)) {
      this.#startOver(this.#table.clientOf(transaction), nowUs);
    }
  }

  /** Where several transactions have one id, as in DHCPv4: the last that was begun. */
  #latestUnder(id: number): number {
    let transaction = this.#messages.transactionOf(id);
    if (transaction === -1 || !this.#table.isBegun(transaction)) return -1;
    for (;;) {
      const next = this.#following(transaction);
      if (next === -1 || !this.#table.isWaiting(next)) return transaction;
      transaction = next;
    }
  }

  #doWhatIsDue({ what, number, atUs, delayMs }: Timers): void {
    switch (what) {
      case DUE.start:
        this.#startAttempt(number, atUs);
        break;
      case DUE.send:
        this.#sendKept(number, atUs);
        break;
      case DUE.deadline:
        this.#timeOut(number);
        break;
      case DUE.retransmit:
        this.#retransmit(number, atUs, delayMs);
        break;
    }
  }

  #startAttempt(client: number, intendedAtUs: number): void {
    if (!this.#accepting) return;
    const attempt = this.#clients.startAttempt(client);
    const server = client % this.#request.servers;
    const nowMs = intendedAtUs / 1_000;
    const first = this.#table.add({ client, server, step: 0, attempt, leads: true }, nowMs);
    // Those that share its id have their numbers behind it, so that the id leads to them.
    for (let step = 1; this.#request.exchange.steps[step]?.sharesId === true; step++) {
      this.#table.add({ client, server, step, attempt, leads: false }, nowMs);
    }
    this.#begin(first, this.#messages.first(first, intendedAtUs), intendedAtUs);
  }

  #takeOffer(transaction: number, offer: Reply, nowUs: number): void {
    const following = this.#following(transaction);
    const second = following === -1 ? this.#addAfter(transaction, nowUs) : following;
    const message = this.#messages.second(second, following === -1 ? second : transaction, offer);
    const { collectOffersMs, retransmit } = this.#request;
    if (collectOffersMs > 0 || retransmit) this.#messages.keep(second, message);
    if (collectOffersMs === 0) this.#begin(second, message, nowUs);
    else this.#timers.add(nowUs + collectOffersMs * 1_000, DUE.send, second);
  }

  /** The place of the step that comes after a transaction's, under an id of its own. */
  #addAfter(transaction: number, nowUs: number): number {
    const client = this.#table.clientOf(transaction);
    const server = this.#table.serverOf(transaction);
    const attempt = this.#table.attemptOf(transaction);
    const step = this.#table.stepOf(transaction) + 1;
    return this.#table.add({ client, server, step, attempt, leads: true }, nowUs / 1_000);
  }

  #sendKept(transaction: number, atUs: number): void {
    const message = this.#messages.kept(transaction);
    if (message === undefined || !this.#accepting) return;
    if (!this.#request.retransmit) this.#messages.forget(transaction);
    this.#begin(transaction, message, atUs);
  }

  #begin(transaction: number, message: Uint8Array, atUs: number): void {
    const { timeoutMs, retransmit } = this.#request;
    this.#table.begin(transaction, atUs / 1_000);
    this.#transmit(transaction, message, atUs, 0);
    this.#timers.add(atUs + timeoutMs * 1_000, DUE.deadline, transaction);
    if (retransmit) this.#scheduleRetransmission(transaction, atUs, 0);
  }

  #scheduleRetransmission(transaction: number, atUs: number, beforeMs: number): void {
    const delayMs = this.#step(transaction).retransmission.next(beforeMs, this.#request.random());
    this.#timers.add(atUs + delayMs * 1_000, DUE.retransmit, transaction, delayMs);
  }

  #retransmit(transaction: number, atUs: number, beforeMs: number): void {
    const { maxRetransmissions } = this.#step(transaction).retransmission;
    if (!this.#table.isWaiting(transaction)) return;
    if (this.#table.retransmissionsOf(transaction) >= maxRetransmissions) return;
    const times = this.#table.retransmit(transaction);
    this.#transmit(transaction, this.#messages.again(transaction, atUs), atUs, times);
    this.#scheduleRetransmission(transaction, atUs, beforeMs);
  }

  #transmit(transaction: number, datagram: Uint8Array, intendedAtUs: number, retransmission: number): void {
    const { send, nowUs } = this.#request;
    send(this.#table.serverOf(transaction), datagram);
    this.#recorder.sent(transaction, intendedAtUs, nowUs(), retransmission);
  }

  #timeOut(transaction: number): void {
    if (!this.#end(transaction)) return;
    const nowUs = this.#request.nowUs();
    this.#recorder.timedOut(transaction, nowUs);
    this.#startOver(this.#table.clientOf(transaction), nowUs);
  }

  /** Closes a transaction; false where it was closed before. */
  #end(transaction: number): boolean {
    if (!this.#table.end(transaction)) return false;
    if (this.#request.retransmit) this.#messages.forget(transaction);
    return true;
  }

  #startOver(client: number, nowUs: number): void {
    if (!this.#accepting) return;
    const { maxAttempts, restartDelayMs, random } = this.#request;
    if (this.#clients.attemptsOf(client) >= maxAttempts) {
      this.#active--;
      return;
    }
    const [least, most] = restartDelayMs;
    this.#timers.add(nowUs + (least + (most - least) * random()) * 1_000, DUE.start, client);
  }

  #step(transaction: number): Step {
    const { steps } = this.#request.exchange;
    return steps[this.#table.stepOf(transaction)] ?? steps[0];
  }

  /** The one under the same transaction id that comes after it, or -1. */
  #following(transaction: number): number {
    const next = this.#request.exchange.steps[this.#table.stepOf(transaction) + 1];
    return next?.sharesId === true ? transaction + 1 : -1;
  }
}
