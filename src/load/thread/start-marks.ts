import type { Observation } from '../../observations/observation.js';
import { STARTING_PHASES } from '../../protocol/phases.js';

/** Counts the clients' first exchanges as they begin, and tells the first one and each mark. */
export class StartMarks {
  /** In ascending order; the first is the mark that comes next. */
  readonly #marks: number[];
  readonly #tell: (exchanges: number, firstAtUs: number) => void;
  #exchanges = 0;
  #firstAtUs = 0;

  constructor(marks: readonly number[], tell: (exchanges: number, firstAtUs: number) => void) {
    this.#marks = [...new Set([1, ...marks])].sort((one, other) => one - other);
    this.#tell = tell;
  }

  observed(observation: Observation): void {
    if (observation.type !== 'sent' || observation.attempt > 1 || observation.retransmission > 0) return;
    if (!STARTING_PHASES.has(observation.phase)) return;
    this.#exchanges++;
    if (this.#exchanges === 1) this.#firstAtUs = observation.sentAtUs;
    while ((this.#marks[0] ?? Infinity) <= this.#exchanges) {
      this.#marks.shift();
      this.#tell(this.#exchanges, this.#firstAtUs);
    }
  }
}
