import type { Progress } from '../../observations/journal/live-counts.js';

/** The numbers of a `Progress` in the order in which they are shared. */
const COUNTS = 5;
/** Numbers about the thread itself: since when it works, how long it has slept, and since when it sleeps now. */
const LOOP = 3;
// Indexes of the flags.
const STOP = 0;
const MESSAGE = 1;

/**
 * What two threads share of a load: how far each case is, and whether the load is to stop. One thread writes each of
 * them, the other one reads it, so no message is passed for an exchange.
 */
export class SharedCounts {
  readonly memory: SharedArrayBuffer;
  readonly #flags: Int32Array;
  readonly #loop: Float64Array;
  readonly #counts: Float64Array;

  /** @param of the number of cases, or the memory that another thread has made */
  constructor(of: number | SharedArrayBuffer) {
    this.memory = typeof of === 'number' ? new SharedArrayBuffer(8 + 8 * (LOOP + COUNTS * of)) : of;
    this.#flags = new Int32Array(this.memory, 0, 2);
    this.#loop = new Float64Array(this.memory, 8, LOOP);
    this.#counts = new Float64Array(this.memory, 8 + 8 * LOOP);
  }

  stop(): void {
    Atomics.store(this.#flags, STOP, 1);
  }

  get isStopped(): boolean {
    return this.#flags[STOP] !== 0;
  }

  /** The thread begins to work; microseconds of the run's clock. */
  begins(nowUs: number): void {
    this.#loop[0] = nowUs;
  }

  /** The thread sleeps from now on, and has slept so long before. */
  sleeps(nowUs: number, sleptMs: number): void {
    this.#loop[1] = sleptMs;
    this.#loop[2] = nowUs;
  }

  wakes(): void {
    this.#loop[2] = 0;
  }

  /** How long the thread has worked until now, and how long it has slept. */
  workedAt(nowUs: number): { activeMs: number; idleMs: number } {
    const [beganUs = 0, sleptMs = 0, asleepSinceUs = 0] = this.#loop;
    if (beganUs === 0) return { activeMs: 0, idleMs: 0 };
    const idleMs = sleptMs + (asleepSinceUs === 0 ? 0 : Math.max(0, nowUs - asleepSinceUs) / 1_000);
    return { activeMs: Math.max(0, (nowUs - beganUs) / 1_000 - idleMs), idleMs };
  }

  /** A message was posted. */
  post(): void {
    Atomics.store(this.#flags, MESSAGE, 1);
  }

  /** Whether a message was posted since this was last asked. */
  takePosted(): boolean {
    // An ordinary read costs less. The load looks again whenever it has slept, so it misses nothing.
    return this.#flags[MESSAGE] !== 0 && Atomics.exchange(this.#flags, MESSAGE, 0) !== 0;
  }

  put(caseIndex: number, { sent, answered, clientsWithLease, duplicates }: Progress): void {
    const at = caseIndex * COUNTS;
    this.#counts[at] = sent;
    this.#counts[at + 1] = answered;
    this.#counts[at + 2] = clientsWithLease;
    this.#counts[at + 3] = duplicates.offered;
    this.#counts[at + 4] = duplicates.committed;
  }

  of(caseIndex: number): Progress {
    const [sent = 0, answered = 0, clientsWithLease = 0, offered = 0, committed = 0] = this.#counts.subarray(
      caseIndex * COUNTS,
      (caseIndex + 1) * COUNTS,
    );
    return { sent, answered, clientsWithLease, duplicates: { offered, committed } };
  }
}
