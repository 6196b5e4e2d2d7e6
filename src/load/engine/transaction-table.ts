import { HarnessError } from '../../errors.js';

const NOT_BEGUN = 0;
const WAITING = 1;
const OVER = 2;
/** A bit beside the state: the transaction has a transaction id of its own. */
const LEADS = 4;

/** Up to this many places the table forgets no transaction: some 18 MB. */
const REMEMBERED = 2 ** 20;

export interface TransactionTableRequest {
  /**
   * How many transaction ids there are: 2^24 in DHCPv6, 2^32 in DHCPv4, or a lower power of 2. Numbers that are this
   * far apart have the same transaction id.
   */
  ids: number;
  /**
   * How long a transaction may still be answered, in milliseconds from its begin, or from when its place was taken if
   * it has not begun.
   */
  keepMs: number;
  /** How many transactions are expected; more are possible. */
  expected: number;
}

/** Which client's transaction it is, with which server, and for what. */
export interface Place {
  client: number;
  server: number;
  /** The index of the step in its exchange, from 0. */
  step: number;
  /** The client's attempt, from 1. */
  attempt: number;
  /**
   * Whether the transaction has a transaction id of its own. Transactions that share the id have the places right
   * behind it. All their places are taken before any of them begins.
   */
  leads: boolean;
}

/**
 * The transactions of one case by running number, in typed arrays that form a ring. A new transaction takes the place
 * of the oldest one that is over and too old to be answered. So a long run needs no more memory than a short one, and
 * a transaction id is used again only when nobody waits for it any more.
 */
export class TransactionTable {
  readonly #ids: number;
  readonly #keepMs: number;
  #mask: number;
  #state: Uint8Array;
  #client: Uint32Array;
  /** When each transaction began; before that, when its place was taken. */
  #movedMs: Uint32Array;
  #retransmissions: Uint8Array;
  #attempt: Uint16Array;
  #answers: Uint8Array;
  #server: Uint8Array;
  #step: Uint8Array;
  /** The number of the server identifier that each transaction's message names, plus 1; 0 where it names none. */
  #named: Uint16Array;
  /** The client that had each transaction's id before. Kept only if the ring has a place for every id. */
  #clientBefore: Uint32Array | undefined;
  /** The table holds the numbers from `#oldest` up to `#next`, without `#next` itself. */
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

  /** How many transactions have no answer yet and still have time for one. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Takes the next place, for a transaction that is to begin, and returns the transaction's number.
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

  /** Begins a transaction, as its message leaves. */
  begin(number: number, nowMs: number): void {
    this.#setState(number, WAITING);
    this.#movedMs[number & this.#mask] = nowMs;
    this.#waiting++;
  }

  /** Closes a transaction; false where it was not waiting. */
  end(number: number): boolean {
    if (!this.isWaiting(number)) return false;
    this.#setState(number, OVER);
    this.#waiting--;
    return true;
  }

  /** True once the transaction has begun, also when it is over. */
  isBegun(number: number): boolean {
    return this.#stateOf(number) !== NOT_BEGUN;
  }

  isWaiting(number: number): boolean {
    return this.#stateOf(number) === WAITING;
  }

  /** The transaction that owns a transaction id; -1 for none. The id is given as its number modulo `ids`. */
  withId(remainder: number): number {
    const newest = this.#next - 1;
    const number = newest - ((newest - remainder + this.#ids) % this.#ids);
    return this.#has(number) && ((this.#state[number & this.#mask] ?? 0) & LEADS) !== 0 ? number : -1;
  }

  /** The next transaction with the same transaction id, begun or not; -1 after the last. */
  nextUnderId(number: number): number {
    const next = number + 1;
    return this.#has(next) && ((this.#state[next & this.#mask] ?? LEADS) & LEADS) === 0 ? next : -1;
  }

  /** The transaction that owns the transaction id of this one: this one, or one before it. */
  leaderOf(number: number): number {
    let leader = number;
    while (leader > this.#oldest && ((this.#state[leader & this.#mask] ?? LEADS) & LEADS) === 0) leader--;
    return leader;
  }

  clientOf(number: number): number {
    return this.#client[number & this.#mask] ?? 0;
  }

  /** The client that had the transaction's id before; -1 where none had, or where it is no longer known. */
  clientBefore(number: number): number {
    return number < this.#ids ? -1 : (this.#clientBefore?.[number & this.#mask] ?? -1);
  }

  serverOf(number: number): number {
    return this.#server[number & this.#mask] ?? 0;
  }

  stepOf(number: number): number {
    return this.#step[number & this.#mask] ?? 0;
  }

  /** Stores that the transaction's message names a server by this identifier. */
  name(number: number, serverId: number): void {
    this.#named[number & this.#mask] = serverId + 1;
  }

  /** The number of the server identifier that the transaction's message names; -1 where it names none. */
  namedBy(number: number): number {
    return (this.#named[number & this.#mask] ?? 0) - 1;
  }

  attemptOf(number: number): number {
    return this.#attempt[number & this.#mask] ?? 0;
  }

  /** When the transaction began, or when its place was taken if it has not begun; whole milliseconds. */
  movedMs(number: number): number {
    return this.#movedMs[number & this.#mask] ?? 0;
  }

  /** Counts a retransmission; returns how many that makes, at most 255. */
  retransmit(number: number): number {
    const times = Math.min(this.retransmissionsOf(number) + 1, 255);
    this.#retransmissions[number & this.#mask] = times;
    return times;
  }

  retransmissionsOf(number: number): number {
    return this.#retransmissions[number & this.#mask] ?? 0;
  }

  /** How many answers the transaction has had; 255 stands for 255 or more. */
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
      // With only a few free places the ring would be full again at once, and be searched for each transaction.
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

  /**
   * Doubles the places. Each entry stands in both halves then, so a number finds its entry in whichever half it leads
   * to.
   */
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
    this.#named = twice(this.#named, new Uint16Array(places));
  }
}

function twice<T extends Uint8Array | Uint16Array | Uint32Array>(column: T, grown: T): T {
  grown.set(column);
  grown.set(column, column.length);
  return grown;
}
