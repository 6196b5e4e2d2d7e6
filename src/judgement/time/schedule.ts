import { Durations } from './latency.js';
import type { ScheduleFigures } from '../../results/case.js';

/** How the starts kept to their schedule. */
export class Schedule {
  readonly #lateness = new Durations();
  #firstUs = Infinity;
  #lastUs = -Infinity;

  started(intendedAtUs: number, sentAtUs: number): void {
    this.#lateness.record(sentAtUs - intendedAtUs);
    this.#firstUs = Math.min(this.#firstUs, sentAtUs);
    this.#lastUs = Math.max(this.#lastUs, sentAtUs);
  }

  figures(): ScheduleFigures {
    const latenessMs = this.#lateness.percentiles();
    return {
      starts: this.#lateness.count,
      firstStartUs: this.#lateness.count === 0 ? null : this.#firstUs,
      durationUs: this.#lateness.count === 0 ? 0 : this.#lastUs - this.#firstUs,
      latenessP99Ms: latenessMs.p99,
      latenessMs,
    };
  }
}
