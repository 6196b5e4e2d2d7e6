import type { Clients } from './clients.js';
import { STEP, type Exchange, type Reply, type StepNumber } from '../exchanges/exchange.js';
import type { Messages } from '../exchanges/messages.js';
import type { Random } from '../pacing/random.js';
import { DUE, type Timers } from '../pacing/timers.js';
import type { TransactionTable } from './transaction-table.js';
import type { Transmission } from './transmission.js';

export interface AttemptsRequest {
  exchange: Exchange;
  servers: number;
  /** Whether a client sends each message to every server, and takes the first offer. */
  toAll?: boolean | undefined;
  maxAttempts: number;
  restartDelayMs: readonly [number, number];
  /** Milliseconds between an offer and the REQUEST for it. */
  collectOffersMs: number;
  retransmit: boolean;
  random: Random;
}

/**
 * Leads the clients of a case to their leases. A client requests what it was offered, or starts over from the
 * beginning.
 */
export class Attempts {
  readonly #request: AttemptsRequest;
  readonly #table: TransactionTable;
  readonly #clients: Clients;
  readonly #messages: Messages;
  readonly #transmission: Transmission;
  readonly #timers: Timers;
  /**
   * Only with `toAll`, by client: how many servers may still make an offer in the client's latest attempt. 0 once the
   * client has taken an offer, and once no server is left that may make one.
   */
  readonly #undecided: Uint8Array;
  #active = 0;
  #accepting = true;

  constructor(
    request: AttemptsRequest,
    table: TransactionTable,
    clients: Clients,
    messages: Messages,
    transmission: Transmission,
    timers: Timers,
  ) {
    this.#request = request;
    this.#table = table;
    this.#clients = clients;
    this.#messages = messages;
    this.#transmission = transmission;
    this.#timers = timers;
    this.#undecided = new Uint8Array(request.toAll === true ? clients.count : 0);
  }

  /** How many clients seek a lease, including those that wait to start over. */
  get active(): number {
    return this.#active;
  }

  get accepting(): boolean {
    return this.#accepting;
  }

  /** From now on no attempt starts, and no REQUEST leaves that was kept to collect offers. */
  stop(): void {
    this.#accepting = false;
  }

  /** A client that sought no lease begins to seek one. */
  seek(client: number, atUs: number): void {
    this.#active++;
    this.start(client, atUs);
  }

  /** Starts an attempt of a client that seeks a lease. */
  start(client: number, atUs: number): void {
    if (!this.#accepting) return;
    const { servers, toAll = false } = this.#request;
    const attempt = this.#clients.startAttempt(client);
    const asked = toAll ? servers : 1;
    const first = this.#addPlaces(client, attempt, asked, atUs / 1_000);
    if (toAll) this.#undecided[client] = servers;
    const message = this.#messages.first(first, atUs);
    for (let other = 0; other < asked; other++) this.#transmission.begin(first + other, message, atUs);
  }

  /**
   * Takes the places of an attempt in the table: one for the DISCOVER or SOLICIT at each server that is asked, then
   * one for the REQUEST at each if it shares the transaction id. Returns the number of the first place.
   */
  #addPlaces(client: number, attempt: number, asked: number, nowMs: number): number {
    const { exchange, servers } = this.#request;
    const steps = exchange.steps[STEP.request].sharesId ? STEP.request : STEP.discover;
    let first = -1;
    for (let step: StepNumber = STEP.discover; step <= steps; step++) {
      for (let other = 0; other < asked; other++) {
        const server = (client + other) % servers;
        const number = this.#table.add({ client, server, step, attempt, leads: first === -1 }, nowMs);
        if (first === -1) first = number;
      }
    }
    return first;
  }

  /**
   * A server answered a DISCOVER or SOLICIT with an offer, and the client requests it. With `toAll` a client takes
   * only the first offer of an attempt.
   */
  takeOffer(transaction: number, offer: Reply, nowUs: number): void {
    const { exchange, collectOffersMs, retransmit, toAll = false } = this.#request;
    const client = this.#table.clientOf(transaction);
    if (toAll) {
      if (!this.#isUndecided(transaction, client)) return;
      this.#undecided[client] = 0;
    }
    const { sharesId } = exchange.steps[STEP.request];
    const second = sharesId ? this.#requestUnder(transaction) : this.#addRequest(transaction, nowUs);
    const message = this.#messages.second(second, offer);
    if (collectOffersMs > 0 || retransmit) this.#messages.keep(second, message);
    if (collectOffersMs === 0) this.#transmission.begin(second, message, nowUs);
    else this.#timers.add(nowUs + collectOffersMs * 1_000, DUE.send, second);
  }

  /** Sends a kept REQUEST, as the time to collect offers is over. */
  sendKept(transaction: number, atUs: number): void {
    const message = this.#messages.kept(transaction);
    if (message === undefined || !this.#accepting) return;
    if (!this.#request.retransmit) this.#messages.forget(transaction);
    this.#transmission.begin(transaction, message, atUs);
  }

  /** A transaction has brought its client no lease and no offer: it was refused, or got no answer in time. */
  fail(transaction: number, nowUs: number): void {
    const client = this.#table.clientOf(transaction);
    const isOneOfSeveral = this.#request.toAll === true && this.#table.stepOf(transaction) === STEP.discover;
    if (!isOneOfSeveral) this.startOver(client, nowUs);
    else if (this.#isUndecided(transaction, client)) {
      const left = (this.#undecided[client] ?? 0) - 1;
      this.#undecided[client] = left;
      if (left === 0) this.startOver(client, nowUs);
    }
  }

  /**
   * Whether a transaction belongs to the client's latest attempt, and the client has taken no offer in that attempt.
   */
  #isUndecided(transaction: number, client: number): boolean {
    return (
      this.#undecided[client] !== 0 && this.#table.attemptOf(transaction) === this.#clients.attemptsOf(client)
    );
  }

  startOver(client: number, nowUs: number): void {
    if (!this.#accepting) return;
    const { maxAttempts, restartDelayMs, random } = this.#request;
    if (!this.#clients.mayAttempt(client, maxAttempts)) {
      this.#active--;
      return;
    }
    const [least, most] = restartDelayMs;
    this.#timers.add(nowUs + (least + (most - least) * random()) * 1_000, DUE.start, client);
  }

  /** A client has lost its lease, and seeks one again after the restart delay. */
  seekAgain(client: number, nowUs: number): void {
    this.#active++;
    this.startOver(client, nowUs);
  }

  /** A client that gave its lease back, or whose lease ran out, seeks another. */
  comeBack(client: number, atUs: number): void {
    if (this.#clients.mayAttempt(client, this.#request.maxAttempts)) this.seek(client, atUs);
  }

  /** A client has got the lease that it sought. */
  succeed(): void {
    this.#active--;
  }

  /** Finds the place of the REQUEST that shares its transaction id with this DISCOVER, at the same server. */
  #requestUnder(transaction: number): number {
    const server = this.#table.serverOf(transaction);
    let other = this.#table.nextUnderId(transaction);
    while (
      other !== -1 &&
      (this.#table.stepOf(other) !== STEP.request || this.#table.serverOf(other) !== server)
    )
      other = this.#table.nextUnderId(other);
    return other;
  }

  #addRequest(transaction: number, nowUs: number): number {
    const client = this.#table.clientOf(transaction);
    const server = this.#table.serverOf(transaction);
    const attempt = this.#table.attemptOf(transaction);
    return this.#table.add({ client, server, step: STEP.request, attempt, leads: true }, nowUs / 1_000);
  }
}
