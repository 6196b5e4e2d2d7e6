/** What a timer is for. */
export const DUE = {
  start: 0,
  send: 1,
  deadline: 2,
  retransmit: 3,
  expire: 4,
  comeBack: 5,
  renew: 6,
} as const;
export type Due = (typeof DUE)[keyof typeof DUE];

/**
 * Children of each node of the heap. Four children halve the depth, which is worth more than the added comparisons
 * cost.
 */
const ARITY = 4;

/**
 * The timers of an engine, earliest first. Deadlines come nearly always in the order in which they are due, as all
 * exchanges have the same time: those are a queue, which costs less than the heap of all others. Both are typed arrays,
 * since each exchange has two entries or more.
 */
export class Timers {
  #at = new Float64Array(1_024);
  #number = new Float64Array(1_024);
  #delay = new Float32Array(1_024);
  #what = new Uint8Array(1_024);
  #length = 0;
  readonly #deadlines = new Deadlines();

  /** The entry that `take` took last. */
  what: Due = DUE.start;
  atUs = 0;
  /** The client for `start`, `expire`, `comeBack` and `renew`, else the transaction. */
  number = 0;
  /** The delay before this retransmission, from which the next delay is computed. */
  delayMs = 0;

  get nextAtUs(): number {
    return Math.min(this.#heapNextAtUs, this.#deadlines.nextAtUs);
  }

  get #heapNextAtUs(): number {
    return this.#length === 0 ? Infinity : (this.#at[0] ?? Infinity);
  }

  add(atUs: number, what: Due, number: number, delayMs = 0): void {
    if (what === DUE.deadline && this.#deadlines.add(atUs, number)) return;
    if (this.#length === this.#at.length) this.#grow();
    let place = this.#length++;
    while (place > 0) {
      const parent = Math.floor((place - 1) / ARITY);
      if ((this.#at[parent] ?? 0) <= atUs) break;
      this.#copy(parent, place);
      place = parent;
    }
    this.#put(place, atUs, what, number, delayMs);
  }

  /** Drops the earliest deadlines for as long as they are of transactions that no longer wait. */
  dropDeadlines(waits: { isWaiting: (transaction: number) => boolean }): void {
    const deadlines = this.#deadlines;
    while (deadlines.nextAtUs < Infinity && !waits.isWaiting(deadlines.number)) deadlines.take();
  }

  /** Takes the earliest entry into the fields of this object, if it is due. Returns false if none is. */
  take(nowUs: number): boolean {
    const deadlineUs = this.#deadlines.nextAtUs;
    const heapUs = this.#heapNextAtUs;
    if (heapUs > nowUs && deadlineUs > nowUs) return false;
    if (deadlineUs <= heapUs) {
      this.atUs = deadlineUs;
      this.what = DUE.deadline;
      this.delayMs = 0;
      this.number = this.#deadlines.take();
      return true;
    }
    this.atUs = this.#at[0] ?? 0;
    this.what = this.#what[0] as Due;
    this.number = this.#number[0] ?? 0;
    this.delayMs = this.#delay[0] ?? 0;
    this.#length--;
    if (this.#length > 0) this.#sink(this.#length);
    return true;
  }

  /** Moves the entry just behind the end to its place in the heap, from the top down. */
  #sink(from: number): void {
    const atUs = this.#at[from] ?? 0;
    let place = 0;
    for (;;) {
      const first = ARITY * place + 1;
      if (first >= this.#length) break;
      let least = first;
      const end = Math.min(first + ARITY, this.#length);
      for (let child = first + 1; child < end; child++) {
        if ((this.#at[child] ?? 0) < (this.#at[least] ?? 0)) least = child;
      }
      if ((this.#at[least] ?? 0) >= atUs) break;
      this.#copy(least, place);
      place = least;
    }
    this.#copy(from, place);
  }

  #put(place: number, atUs: number, what: Due, number: number, delayMs: number): void {
    this.#at[place] = atUs;
    this.#what[place] = what;
    this.#number[place] = number;
    this.#delay[place] = delayMs;
  }

  #copy(from: number, to: number): void {
    this.#at[to] = this.#at[from] ?? 0;
    this.#what[to] = this.#what[from] ?? 0;
    this.#number[to] = this.#number[from] ?? 0;
    this.#delay[to] = this.#delay[from] ?? 0;
  }

  #grow(): void {
    const length = 2 * this.#at.length;
    this.#at = grown(this.#at, new Float64Array(length));
    this.#number = grown(this.#number, new Float64Array(length));
    this.#delay = grown(this.#delay, new Float32Array(length));
    this.#what = grown(this.#what, new Uint8Array(length));
  }
}

function grown<T extends Float64Array | Float32Array | Uint8Array>(column: T, longer: T): T {
  longer.set(column);
  return longer;
}

/** Deadlines in the order in which they are due, in a ring. */
class Deadlines {
  /** The time and the transaction of each, side by side. */
  #ring = new Float64Array(2 * 1_024);
  #first = 0;
  #count = 0;
  #lastUs = -Infinity;

  get nextAtUs(): number {
    return this.#count === 0 ? Infinity : (this.#ring[2 * this.#first] ?? Infinity);
  }

  /** The transaction of the first one. */
  get number(): number {
    return this.#ring[2 * this.#first + 1] ?? 0;
  }

  /** False for a deadline that is due before one that is there. */
  add(atUs: number, number: number): boolean {
    if (this.#count > 0 && atUs < this.#lastUs) return false;
    if (2 * this.#count === this.#ring.length) this.#grow();
    const place = this.#place(this.#count++);
    this.#ring[place] = atUs;
    this.#ring[place + 1] = number;
    this.#lastUs = atUs;
    return true;
  }

  /** Takes the first one, and returns its transaction. */
  take(): number {
    const { number } = this;
    this.#first = (this.#first + 1) & (this.#ring.length / 2 - 1);
    this.#count--;
    return number;
  }

  #place(index: number): number {
    return 2 * ((this.#first + index) & (this.#ring.length / 2 - 1));
  }

  #grow(): void {
    const longer = new Float64Array(2 * this.#ring.length);
    longer.set(this.#ring.subarray(2 * this.#first));
    longer.set(this.#ring.subarray(0, 2 * this.#first), this.#ring.length - 2 * this.#first);
    this.#ring = longer;
    this.#first = 0;
  }
}
