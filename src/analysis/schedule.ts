import { Column } from './columns.js';
import { nearestRank, recordDuration } from './latency.js';
import type { ScheduleFigures } from './model.js';

/** How the starts kept to their schedule. */
export class Schedule {
  readonly #lateness = new Column(Int32Array);
  #firstUs = Infinity;
  #lastUs = -Infinity;

  started(intendedAtUs: number, sentAtUs: number): void {
    recordDuration(this.#lateness, sentAtUs - intendedAtUs);
    this.#firstUs = Math.min(this.#firstUs, sentAtUs);
    this.#lastUs = Math.max(this.#lastUs, sentAtUs);
  }

  figures(): ScheduleFigures {
    const p99 = nearestRank(this.#lateness.view().slice().sort(), 99);
    return {
      starts: this.#lateness.length,
      durationUs: this.#lateness.length === 0 ? 0 : this.#lastUs - this.#firstUs,
      latenessP99Ms: p99 === null ? null : p99 / 1000,
    };
  }
}
