import type { Observation } from '../../observations/observation.js';
import { STARTING_PHASES } from '../../protocol/phases.js';

/** Memory in which all threads of a load count the exchanges that begin. */
export const startsMemory = (): SharedArrayBuffer => new SharedArrayBuffer(16);

/** Counts the clients' first exchanges as they begin, in all threads of a load, and tells the first one and each mark. */
export class StartMarks {
  readonly #marks: ReadonlySet<number>;
  readonly #tell: (exchanges: number, firstAtUs: number) => void;
  readonly #count: Int32Array;
  readonly #firstAtUs: Float64Array;

  /** @param memory of `startsMemory`, the same for all threads */
  constructor(
    marks: readonly number[],
    memory: SharedArrayBuffer,
    tell: (exchanges: number, firstAtUs: number) => void,
  ) {
    this.#marks = new Set([1, ...marks]);
    this.#tell = tell;
    this.#count = new Int32Array(memory, 0, 1);
    this.#firstAtUs = new Float64Array(memory, 8, 1);
  }

  observed(observation: Observation): void {
    if (observation.type !== 'sent' || observation.attempt > 1 || observation.retransmission > 0) return;
    if (!STARTING_PHASES.has(observation.phase)) return;
    const exchanges = Atomics.add(this.#count, 0, 1) + 1;
    if (exchanges === 1) this.#firstAtUs[0] = observation.sentAtUs;
    // No two threads get the same number, so each mark is told once.
    if (this.#marks.has(exchanges)) this.#tell(exchanges, this.#firstAtUs[0] || observation.sentAtUs);
  }
}
