import { HarnessError } from '../errors.js';

const NOT_BEGUN = 0;
const WAITING = 1;
const OVER = 2;
/** A bit beside these: it has a transaction id of its own. */
const LEADS = 4;

/** Up to here nothing is forgotten: some 14 MB. */
const REMEMBERED = 2 ** 20;

export interface TransactionTableRequest {
  /** Numbers that are this far apart have the same transaction id: 2^24 in DHCPv6, 2^32 in DHCPv4, or a lower power of 2. */
  ids: number;
  /** How long a transaction may still be answered after it began, or its place was taken, milliseconds. */
  keepMs: number;
  /** How many are to be expected; more are possible. */
  expected: number;
}

/** Whose a transaction is, and what it is to them. */
export interface Place {
  client: number;
  server: number;
  /** Of the exchange, from 0. */
  step: number;
  /** From 1. */
  attempt: number;
  /**
   * Whether its transaction id is its own. Those that share it have the places behind it, one after the other, and are taken
   * together, before any of them begins.
   */
  leads: boolean;
}

/**
 * The transactions of one case by running number, in typed arrays that are a ring: the oldest make room for new ones when
 * they are over and too old to be answered, so that a long run needs no more memory than a short one, and a transaction
 * id is used again only when nobody waits for it any more.
 */
export class TransactionTable {
  readonly #ids: number;
  readonly #keepMs: number;
  #mask: number;
  #state: Uint8Array;
  #client: Uint32Array;
  /** When its place was taken, then when it began. */
  #movedMs: Uint32Array;
  #retransmissions: Uint8Array;
  #attempt: Uint16Array;
  #answers: Uint8Array;
  #server: Uint8Array;
  #step: Uint8Array;
  /** The number of the server identifier that its message names, + 1; 0 where it names none. */
  #named: Uint16Array;
  /** Whose each transaction id was before; only where there is a place for each. */
  #clientBefore: Uint32Array | undefined;
  /** Numbers from `oldest` up to but without `next` are there. */
  #oldest = 0;
  #next = 0;
  #waiting = 0;

  constructor({ ids, keepMs, expected }: TransactionTableRequest) {
    this.#ids = ids;
    this.#keepMs = keepMs;
    const places = Math.min(2 ** Math.ceil(Math.log2(Math.max(expected, 1_024))), 2 * REMEMBERED, ids);
    this.#mask = places - 1;
    this.#state = new Uint8Array(places);
    this.#client = new Uint32Array(places);
    this.#movedMs = new Uint32Array(places);
    this.#retransmissions = new Uint8Array(places);
    this.#attempt = new Uint16Array(places);
    this.#answers = new Uint8Array(places);
    this.#server = new Uint8Array(places);
    this.#step = new Uint8Array(places);
    this.#named = new Uint16Array(places);
  }

  /** Those without an answer so far, their time not up. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Takes the next place for a transaction that is to begin, and returns its number.
   *
   * @param nowMs on the load's clock
   * @throws HarnessError INTERNAL where every transaction id is in use
   */
  add({ client, server, step, attempt, leads }: Place, nowMs: number): number {
    if (this.#next - this.#oldest > this.#mask) this.#makeRoom(nowMs);
    const number = this.#next++;
    const at = number & this.#mask;
    if (number >= this.#ids) this.#remember(at);
    this.#state[at] = leads ? NOT_BEGUN | LEADS : NOT_BEGUN;
    this.#client[at] = client;
    this.#movedMs[at] = nowMs;
    this.#attempt[at] = attempt;
    this.#answers[at] = 0;
    this.#retransmissions[at] = 0;
    this.#server[at] = server;
    this.#step[at] = step;
    this.#named[at] = 0;
    return number;
  }

  /** Its message leaves. */
  begin(number: number, nowMs: number): void {
    this.#setState(number, WAITING);
    this.#movedMs[number & this.#mask] = nowMs;
    this.#waiting++;
  }

  /** Closes it; false where it was not waiting. */
  end(number: number): boolean {
    if (!this.isWaiting(number)) return false;
    this.#setState(number, OVER);
    this.#waiting--;
    return true;
  }

  /** True once it was begun, also when it is over. */
  isBegun(number: number): boolean {
    return this.#stateOf(number) !== NOT_BEGUN;
  }

  isWaiting(number: number): boolean {
    return this.#stateOf(number) === WAITING;
  }

  /** The number that has this transaction id, given as its number modulo `ids`; -1 for none. */
  withId(remainder: number): number {
    const newest = this.#next - 1;
    const number = newest - ((newest - remainder + this.#ids) % this.#ids);
    return this.#has(number) && ((this.#state[number & this.#mask] ?? 0) & LEADS) !== 0 ? number : -1;
  }

  /** The next one under the same transaction id, begun or not; -1 behind the last. */
  nextUnderId(number: number): number {
    const next = number + 1;
    return this.#has(next) && ((this.#state[next & this.#mask] ?? LEADS) & LEADS) === 0 ? next : -1;
  }

  /** The one whose transaction id this one has: itself, or one before it. */
  leaderOf(number: number): number {
    let leader = number;
    while (leader > this.#oldest && ((this.#state[leader & this.#mask] ?? LEADS) & LEADS) === 0) leader--;
    return leader;
  }

  clientOf(number: number): number {
    return this.#client[number & this.#mask] ?? 0;
  }

  /** The client that had the transaction id before; -1 where nobody had, or it was too long ago to be known. */
  clientBefore(number: number): number {
    return number < this.#ids ? -1 : (this.#clientBefore?.[number & this.#mask] ?? -1);
  }

  serverOf(number: number): number {
    return this.#server[number & this.#mask] ?? 0;
  }

  stepOf(number: number): number {
    return this.#step[number & this.#mask] ?? 0;
  }

  /** Its message names a server by this identifier. */
  name(number: number, serverId: number): void {
    this.#named[number & this.#mask] = serverId + 1;
  }

  /** The identifier of the server that its message names; -1 where it names none. */
  namedBy(number: number): number {
    return (this.#named[number & this.#mask] ?? 0) - 1;
  }

  attemptOf(number: number): number {
    return this.#attempt[number & this.#mask] ?? 0;
  }

  /** When it began, or its place was taken where it has not yet; whole milliseconds. */
  movedMs(number: number): number {
    return this.#movedMs[number & this.#mask] ?? 0;
  }

  /** Its message leaves once more; returns how often it has left again, at most 255. */
  retransmit(number: number): number {
    const times = Math.min(this.retransmissionsOf(number) + 1, 255);
    this.#retransmissions[number & this.#mask] = times;
    return times;
  }

  retransmissionsOf(number: number): number {
    return this.#retransmissions[number & this.#mask] ?? 0;
  }

  /** How many answers it has had; 255 for that and more. */
  answersTo(number: number): number {
    return this.#answers[number & this.#mask] ?? 0;
  }

  countAnswer(number: number): void {
    this.#answers[number & this.#mask] = Math.min(this.answersTo(number) + 1, 255);
  }

  #has(number: number): boolean {
    return number >= this.#oldest && number < this.#next;
  }

  #stateOf(number: number): number {
    return this.#has(number) ? (this.#state[number & this.#mask] ?? 0) & ~LEADS : NOT_BEGUN;
  }

  #setState(number: number, state: number): void {
    const at = number & this.#mask;
    this.#state[at] = ((this.#state[at] ?? 0) & LEADS) | state;
  }

  #remember(at: number): void {
    if (this.#mask + 1 !== this.#ids) return;
    this.#clientBefore ??= new Uint32Array(this.#ids);
    this.#clientBefore[at] = this.#client[at] ?? 0;
  }

  #makeRoom(nowMs: number): void {
    const places = this.#mask + 1;
    if (places >= Math.min(REMEMBERED, this.#ids)) {
      while (this.#oldest < this.#next && this.#isForgettable(this.#oldest, nowMs)) this.#oldest++;
      // A handful of places would be full again at once, and the ring be searched for each transaction.
      if (this.#next - this.#oldest <= 0.9 * places) return;
    }
    if (places < this.#ids) this.#grow(2 * places);
    else if (this.#next - this.#oldest === places) {
      throw new HarnessError('INTERNAL', `all ${this.#ids} transaction ids are in use`, {
        hint: 'lower load.ratePerServer or load.timeoutMs, or raise load.transactionIdBits where it is set',
      });
    }
  }

  #isForgettable(number: number, nowMs: number): boolean {
    return !this.isWaiting(number) && (this.#movedMs[number & this.#mask] ?? 0) + this.#keepMs <= nowMs;
  }

  /** Twice as many places: each is found where its number now leads, whichever half that is. */
  #grow(places: number): void {
    this.#mask = places - 1;
    this.#state = twice(this.#state, new Uint8Array(places));
    this.#client = twice(this.#client, new Uint32Array(places));
    this.#movedMs = twice(this.#movedMs, new Uint32Array(places));
    this.#retransmissions = twice(this.#retransmissions, new Uint8Array(places));
    this.#attempt = twice(this.#attempt, new Uint16Array(places));
    this.#answers = twice(this.#answers, new Uint8Array(places));
    this.#server = twice(this.#server, new Uint8Array(places));
    this.#step = twice(this.#step, new Uint8Array(places));
  }
}

function twice<T extends Uint8Array | Uint16Array | Uint32Array>(column: T, grown: T): T {
  grown.set(column);
  grown.set(column, column.length);
  return grown;
}
