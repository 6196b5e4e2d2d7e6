import { HarnessError } from '../../errors.js';

const NOT_BEGUN = 0;
const WAITING = 1;
const OVER = 2;
/** A bit beside the state: the transaction has a transaction id of its own. */
const LEADS = 4;

/** Up to this many places the table forgets no transaction: some 20 MB. */
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
 * The transactions of one case by running number, in a ring. A new transaction takes the place
 * of the oldest one that is over and too old to be answered. So a long run needs no more memory than a short one, and
 * a transaction id is used again only when nobody waits for it any more.
 */
export class TransactionTable {
  readonly #ids: number;
  readonly #keepMs: number;
  #mask: number;
  #places: Places;
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
    this.#places = placesIn(new ArrayBuffer(places * PLACE_BYTES));
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
    const { words, halves, bytes } = this.#places;
    words[at * WORDS + CLIENT] = client;
    words[at * WORDS + MOVED_MS] = nowMs;
    halves[at * HALVES + NAMED] = 0;
    halves[at * HALVES + ATTEMPT] = attempt;
    halves[at * HALVES + LATER_LOW] = 0;
    const byte = at * PLACE_BYTES;
    bytes[byte + STATE] = leads ? NOT_BEGUN | LEADS : NOT_BEGUN;
    bytes[byte + STEP_AT] = step;
    bytes[byte + SERVER] = server;
    bytes[byte + RETRANSMISSIONS] = 0;
    bytes[byte + ANSWERS] = 0;
    bytes[byte + LATER_HIGH] = 0;
    return number;
  }

  /** Begins a transaction, as its message leaves. */
  begin(number: number, nowMs: number): void {
    this.#setState(number, WAITING);
    this.#places.words[(number & this.#mask) * WORDS + MOVED_MS] = nowMs;
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
    return this.#has(number) && (this.#flags(number) & LEADS) !== 0 ? number : -1;
  }

  /** The next transaction with the same transaction id, begun or not; -1 after the last. */
  nextUnderId(number: number): number {
    const next = number + 1;
    return this.#has(next) && (this.#flags(next) & LEADS) === 0 ? next : -1;
  }

  /** The transaction that owns the transaction id of this one: this one, or one before it. */
  leaderOf(number: number): number {
    let leader = number;
    while (leader > this.#oldest && (this.#flags(leader) & LEADS) === 0) leader--;
    return leader;
  }

  clientOf(number: number): number {
    return this.#places.words[(number & this.#mask) * WORDS + CLIENT] ?? 0;
  }

  /** The client that had the transaction's id before; -1 where none had, or where it is no longer known. */
  clientBefore(number: number): number {
    return number < this.#ids ? -1 : (this.#clientBefore?.[number & this.#mask] ?? -1);
  }

  serverOf(number: number): number {
    return this.#places.bytes[(number & this.#mask) * PLACE_BYTES + SERVER] ?? 0;
  }

  stepOf(number: number): number {
    return this.#places.bytes[(number & this.#mask) * PLACE_BYTES + STEP_AT] ?? 0;
  }

  /** Stores that the transaction's message names a server by this identifier. */
  name(number: number, serverId: number): void {
    this.#places.halves[(number & this.#mask) * HALVES + NAMED] = serverId + 1;
  }

  /** The number of the server identifier that the transaction's message names; -1 where it names none. */
  namedBy(number: number): number {
    return (this.#places.halves[(number & this.#mask) * HALVES + NAMED] ?? 0) - 1;
  }

  attemptOf(number: number): number {
    return this.#places.halves[(number & this.#mask) * HALVES + ATTEMPT] ?? 0;
  }

  /** When the transaction began, or when its place was taken if it has not begun; whole milliseconds. */
  movedMs(number: number): number {
    return this.#places.words[(number & this.#mask) * WORDS + MOVED_MS] ?? 0;
  }

  /** Stores when the transaction's first message left, microseconds of the load's clock. */
  left(number: number, leftUs: number): void {
    const laterUs = Math.ceil(leftUs - 1_000 * this.movedMs(number));
    const within = Math.max(0, Math.min(laterUs, LATEST_US));
    const place = number & this.#mask;
    this.#places.bytes[place * PLACE_BYTES + LATER_HIGH] = within >>> 16;
    this.#places.halves[place * HALVES + LATER_LOW] = within & 0xffff;
  }

  /**
   * When the transaction's first message left, whole microseconds of the load's clock, never earlier than it did; but at most
   * 16 s after the transaction began. Before it left: when the transaction began.
   */
  leftUs(number: number): number {
    const place = number & this.#mask;
    const high = this.#places.bytes[place * PLACE_BYTES + LATER_HIGH] ?? 0;
    const low = this.#places.halves[place * HALVES + LATER_LOW] ?? 0;
    return 1_000 * this.movedMs(number) + ((high << 16) | low);
  }

  /** Counts a retransmission; returns how many that makes, at most 255. */
  retransmit(number: number): number {
    const times = Math.min(this.retransmissionsOf(number) + 1, 255);
    this.#places.bytes[(number & this.#mask) * PLACE_BYTES + RETRANSMISSIONS] = times;
    return times;
  }

  retransmissionsOf(number: number): number {
    return this.#places.bytes[(number & this.#mask) * PLACE_BYTES + RETRANSMISSIONS] ?? 0;
  }

  /** How many answers the transaction has had; 255 stands for 255 or more. */
  answersTo(number: number): number {
    return this.#places.bytes[(number & this.#mask) * PLACE_BYTES + ANSWERS] ?? 0;
  }

  countAnswer(number: number): void {
    this.#places.bytes[(number & this.#mask) * PLACE_BYTES + ANSWERS] = Math.min(
      this.answersTo(number) + 1,
      255,
    );
  }

  #has(number: number): boolean {
    return number >= this.#oldest && number < this.#next;
  }

  #stateOf(number: number): number {
    return this.#has(number) ? this.#flags(number) & ~LEADS : NOT_BEGUN;
  }

  /** The state, and whether the transaction leads. */
  #flags(number: number): number {
    return this.#places.bytes[(number & this.#mask) * PLACE_BYTES + STATE] ?? 0;
  }

  #setState(number: number, state: number): void {
    const at = (number & this.#mask) * PLACE_BYTES + STATE;
    this.#places.bytes[at] = (this.#flags(number) & LEADS) | state;
  }

  #remember(at: number): void {
    if (this.#mask + 1 !== this.#ids) return;
    this.#clientBefore ??= new Uint32Array(this.#ids);
    this.#clientBefore[at] = this.#places.words[at * WORDS + CLIENT] ?? 0;
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
    return !this.isWaiting(number) && this.movedMs(number) + this.#keepMs <= nowMs;
  }

  /**
   * Doubles the places. Each entry stands in both halves then, so a number finds its entry in whichever half it leads
   * to.
   */
  #grow(places: number): void {
    this.#mask = places - 1;
    const before = this.#places.bytes;
    const grown = placesIn(new ArrayBuffer(places * PLACE_BYTES));
    grown.bytes.set(before);
    grown.bytes.set(before, before.length);
    this.#places = grown;
  }
}

/**
 * What is kept of each transaction, side by side, so that all of it comes into the processor's cache at once:
 *
 * ```text
 * at  size
 *  0  u32   client
 *  4  u32   when it began; before that, when its place was taken; milliseconds
 *  8  u16   the number of the server identifier that its message names, plus 1; 0 where it names none
 * 10  u16   attempt
 * 12  u8    state
 * 13  u8    step
 * 14  u8    server
 * 15  u8    retransmissions
 * 16  u8    answers
 * 17  u8    how long after it began its first message left, microseconds: the upper 8 of 24 bits
 * 18  u16   and the lower 16 bits
 * ```
 */
const PLACE_BYTES = 20;
const WORDS = PLACE_BYTES / 4;
const HALVES = PLACE_BYTES / 2;
const CLIENT = 0;
const MOVED_MS = 1;
const NAMED = 4;
const ATTEMPT = 5;
const STATE = 12;
const STEP_AT = 13;
const SERVER = 14;
const RETRANSMISSIONS = 15;
const ANSWERS = 16;
const LATER_HIGH = 17;
const LATER_LOW = 9;
/** What 24 bits hold. */
const LATEST_US = 0xff_ffff;

/** The same bytes, to be read by their sizes. */
interface Places {
  words: Uint32Array;
  halves: Uint16Array;
  bytes: Uint8Array;
}

function placesIn(memory: ArrayBuffer): Places {
  return {
    words: new Uint32Array(memory),
    halves: new Uint16Array(memory),
    bytes: new Uint8Array(memory),
  };
}
