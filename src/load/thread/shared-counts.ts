import type { Progress } from '../../observations/journal/live-counts.js';

/** The numbers of a `Progress` in the order in which they are shared. */
const COUNTS = 5;

/**
 * What two threads share of a load: how far each case is, and whether the load is to stop. One thread writes each of
 * them, the other one reads it, so no message is passed for an exchange.
 */
export class SharedCounts {
  readonly memory: SharedArrayBuffer;
  readonly #stop: Int32Array;
  readonly #counts: Float64Array;

  /** @param of the number of cases, or the memory that another thread has made */
  constructor(of: number | SharedArrayBuffer) {
    this.memory = typeof of === 'number' ? new SharedArrayBuffer(8 + 8 * COUNTS * of) : of;
    this.#stop = new Int32Array(this.memory, 0, 1);
    this.#counts = new Float64Array(this.memory, 8);
  }

  stop(): void {
    Atomics.store(this.#stop, 0, 1);
  }

  get isStopped(): boolean {
    return Atomics.load(this.#stop, 0) !== 0;
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
