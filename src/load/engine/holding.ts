import { Acts, type Act, type ActsRequest, type Life } from '../pacing/lease-life.js';
import type { Attempts } from './attempts.js';
import type { Clients } from './clients.js';
import { STEP, type Exchange, type Reply } from '../exchanges/exchange.js';
import { IdleClients } from './idle-clients.js';
import type { Leases } from './leases.js';
import type { Messages } from '../exchanges/messages.js';
import { nextRenewalMs } from './next-renewal.js';
import type { Random } from '../pacing/random.js';
import { DUE, type Timers } from '../pacing/timers.js';
import type { TransactionTable } from './transaction-table.js';
import type { Transmission } from './transmission.js';

export interface HoldingRequest {
  exchange: Exchange;
  servers: number;
  /** Whether a client prolongs its lease at the next server as soon as it has the lease. */
  roams?: boolean | undefined;
  /** What clients do with their leases when all have started; absent where they do nothing. */
  life?: (Omit<ActsRequest, 'life' | 'originUs' | 'possible'> & { life: Life }) | undefined;
  random: Random;
}

/** The parts of the engine that `Holding` works with. */
export interface HoldingParts {
  table: TransactionTable;
  clients: Clients;
  leases: Leases;
  messages: Messages;
  transmission: Transmission;
  attempts: Attempts;
  timers: Timers;
}

// The state of a client, a bit for each fact.
const HOLDS = 1;
const BUSY = 2;
/** The timers have an entry for the end of the client's lease. */
const AWAITS_END = 4;
/** The timers have an entry for the client's next renewal by T1 or T2. */
const AWAITS_RENEWAL = 8;

/**
 * What the clients of a case do with their leases. They renew them, at their own server or another, give them back,
 * or let them run out, and come back for another. A client does one thing at a time. No object is made for any of it.
 */
export class Holding {
  readonly #request: HoldingRequest;
  readonly #parts: HoldingParts;
  readonly #state: Uint8Array;
  readonly #idle: IdleClients | undefined;
  readonly #due: Record<Act, number> = { renew: 0, rebind: 0, release: 0, decline: 0, leave: 0, reboot: 0 };
  readonly #missed: Record<Act, number> = { ...this.#due };
  #acts: Acts | undefined;
  #over: boolean;
  #busy = 0;

  constructor(request: HoldingRequest, clients: number, parts: HoldingParts) {
    this.#request = request;
    this.#parts = parts;
    this.#state = new Uint8Array(clients);
    this.#over = request.life === undefined;
    this.#idle = request.life === undefined ? undefined : new IdleClients(clients, request.servers);
  }

  /** True when no client waits for an answer, and no act is due any more. */
  get finished(): boolean {
    return this.#over && this.#busy === 0;
  }

  /**
   * When the next act is due, or when the time for acts ends if that is earlier; microseconds; Infinity after that.
   */
  get nextAtUs(): number {
    const acts = this.#acts;
    return acts === undefined || this.#over ? Infinity : Math.min(acts.nextAtUs, acts.endUs);
  }

  /** How often each act was due so far. */
  get due(): Readonly<Record<Act, number>> {
    return this.#due;
  }

  /** How often each act was due and no client was free to do it. */
  get missed(): Readonly<Record<Act, number>> {
    return this.#missed;
  }

  /** The last client has started, so the acts begin. */
  begin(atUs: number): void {
    const { life, exchange } = this.#request;
    if (life === undefined) return;
    const possible = (act: Act): boolean =>
      act === 'leave' || exchange.steps[this.#stepOf(act)] !== undefined;
    this.#acts = new Acts({ ...life, possible, originUs: atUs });
  }

  /** Does the act that is due first, or ends the acts when their time is over. */
  advance(nowUs: number): void {
    const acts = this.#acts;
    if (acts === undefined || this.#over) return;
    const server = acts.take(nowUs);
    if (server !== -1) this.#act(acts.act, server, acts.atUs);
    else if (nowUs >= acts.endUs) this.#over = true;
  }

  /** A server granted a client the lease that it sought. */
  bound(transaction: number, reply: Reply, nowUs: number): void {
    const { table, clients } = this.#parts;
    const client = table.clientOf(transaction);
    this.#grant(client, transaction, reply);
    if (this.#request.roams === true) {
      // No `clients.leased` here, as it would begin a new count of attempts. A client that the next server refuses,
      // and the first server grants the lease again, would go on for ever.
      this.#begin(client, this.#request.exchange.roamsBy, this.#nextServer(client), nowUs);
    } else {
      clients.leased(client);
      this.#rest(client, nowUs);
    }
  }

  /**
   * A transaction of a client that got a lease is over. The reply is absent where none came in time, or none that can
   * be read.
   */
  goOn(transaction: number, reply: Reply | undefined, nowUs: number): void {
    const { table, attempts, clients } = this.#parts;
    const client = table.clientOf(transaction);
    this.#busy--;
    this.#clear(client, BUSY);
    if (!this.#is(client, HOLDS)) {
      this.#awaitReturn(client, nowUs);
    } else if (reply?.parts.some(({ endsLease }) => endsLease) === true) {
      this.#clear(client, HOLDS);
      attempts.seekAgain(client, nowUs);
    } else {
      if (reply?.kind === 'lease' || reply?.kind === 'partial') {
        this.#grant(client, transaction, reply);
        clients.leased(client);
      }
      this.#rest(client, nowUs);
    }
  }

  /** A timer rang: the lifetime of the client's lease may be over. */
  expire(client: number, atUs: number): void {
    this.#clear(client, AWAITS_END);
    // A client that waits for an answer looks at the lifetime when its transaction is over.
    if (!this.#is(client, HOLDS) || this.#is(client, BUSY)) return;
    if (!this.#isOver(client, atUs)) this.#awaitEnd(client);
    else this.#lose(client, atUs);
  }

  /** A timer rang: T1 or T2 of the client's lease may be over (RFC 2131 section 4.4.5, RFC 8415 section 18.2.4). */
  renew(client: number, atUs: number): void {
    this.#clear(client, AWAITS_RENEWAL);
    // A client that is busy looks at T1 and T2 when its transaction is over. One that fell silent renews nothing.
    if (this.#over || this.#idle?.has(client) !== true) return;
    const { leases } = this.#parts;
    if (leases.renewMs(client) * 1_000 > atUs) {
      this.#awaitRenewal(client, atUs);
      return;
    }
    const act = leases.rebindMs(client) * 1_000 > atUs ? 'renew' : 'rebind';
    this.#due[act]++;
    this.#idle.remove(client);
    this.#beginAct(act, client, atUs);
  }

  comeBack(client: number, atUs: number): void {
    if (!this.#over) this.#parts.attempts.comeBack(client, atUs);
  }

  #act(act: Act, server: number, atUs: number): void {
    this.#due[act]++;
    const client = this.#idle?.take(server, this.#request.random()) ?? -1;
    if (client === -1) this.#missed[act]++;
    else if (act !== 'leave') this.#beginAct(act, client, atUs);
  }

  #beginAct(act: Exclude<Act, 'leave'>, client: number, atUs: number): void {
    const asksAny = act === 'rebind' || act === 'reboot';
    const server = asksAny ? this.#nextServer(client) : this.#parts.leases.serverOf(client);
    this.#begin(client, this.#stepOf(act), server, atUs);
  }

  #stepOf(act: Exclude<Act, 'leave'>): number {
    return act === 'reboot' ? this.#request.exchange.rebootsBy : STEP[act];
  }

  #begin(client: number, step: number, server: number, atUs: number): void {
    const { table, clients, messages, transmission } = this.#parts;
    const attempt = clients.attemptsOf(client);
    const transaction = table.add({ client, server, step, attempt, leads: true }, atUs / 1_000);
    this.#set(client, BUSY);
    this.#busy++;
    if (step === STEP.release || step === STEP.decline) this.#clear(client, HOLDS);
    transmission.begin(transaction, messages.holding(transaction, atUs), atUs);
    if (!table.isWaiting(transaction)) this.goOn(transaction, undefined, atUs);
  }

  #grant(client: number, transaction: number, reply: Reply): void {
    const { table, leases } = this.#parts;
    leases.grant(client, reply, table.serverOf(transaction), table.movedMs(transaction));
    this.#set(client, HOLDS);
  }

  #rest(client: number, nowUs: number): void {
    if (this.#idle === undefined) return;
    if (this.#isOver(client, nowUs)) {
      this.#lose(client, nowUs);
      return;
    }
    this.#idle.add(client);
    this.#awaitEnd(client);
    this.#awaitRenewal(client, nowUs);
  }

  #lose(client: number, atUs: number): void {
    this.#clear(client, HOLDS);
    this.#idle?.remove(client);
    this.#awaitReturn(client, atUs);
  }

  #awaitEnd(client: number): void {
    if (this.#is(client, AWAITS_END)) return;
    const untilMs = this.#parts.leases.untilMs(client);
    if (untilMs === Infinity) return;
    this.#parts.timers.add(untilMs * 1_000, DUE.expire, client);
    this.#set(client, AWAITS_END);
  }

  #awaitRenewal(client: number, nowUs: number): void {
    if (this.#is(client, AWAITS_RENEWAL)) return;
    const { leases, timers } = this.#parts;
    const atMs = nextRenewalMs(leases, client, nowUs / 1_000);
    if (atMs === Infinity) return;
    timers.add(atMs * 1_000, DUE.renew, client);
    this.#set(client, AWAITS_RENEWAL);
  }

  #awaitReturn(client: number, nowUs: number): void {
    const { life, random } = this.#request;
    if (life === undefined || this.#over) return;
    const [least, most] = life.life.returnDelayMs;
    this.#parts.timers.add(nowUs + (least + (most - least) * random()) * 1_000, DUE.comeBack, client);
  }

  #isOver(client: number, nowUs: number): boolean {
    return this.#parts.leases.untilMs(client) * 1_000 <= nowUs;
  }

  #nextServer(client: number): number {
    return (this.#parts.leases.serverOf(client) + 1) % this.#request.servers;
  }

  #is(client: number, bit: number): boolean {
    return ((this.#state[client] ?? 0) & bit) !== 0;
  }

  #set(client: number, bit: number): void {
    this.#state[client] = (this.#state[client] ?? 0) | bit;
  }

  #clear(client: number, bit: number): void {
    this.#state[client] = (this.#state[client] ?? 0) & ~bit;
  }
}
