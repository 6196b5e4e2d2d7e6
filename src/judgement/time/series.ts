import { Buckets } from './buckets.js';
import type { SeriesFigures } from '../../results/series.js';

/**
 * With more buckets, each would be thinner than a pixel in a chart. A run of a day must not make `result.json` long.
 */
const BUCKETS_LIMIT = 240;

export const SERIES = ['offered', 'started', 'requests', 'answers', 'leases', 'refusals'] as const;
export type SeriesName = (typeof SERIES)[number];

/** Events of each kind, counted in buckets of equal length from the run's start. */
export class Series {
  readonly #buckets = new Buckets(BUCKETS_LIMIT, () => {
    this.#join();
  });
  readonly #counts = Object.fromEntries(
    SERIES.map((name) => [name, new Float64Array(BUCKETS_LIMIT)]),
  ) as Record<SeriesName, Float64Array>;

  /** @param atUs microseconds since the run's start; an earlier time counts as the start, and NaN does not count */
  count(name: SeriesName, atUs: number): void {
    if (!Number.isFinite(atUs)) return;
    const bucket = this.#buckets.of(atUs);
    const counts = this.#counts[name];
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }

  figures(): Omit<SeriesFigures, 'latency'> {
    const of = (name: SeriesName) => [...this.#counts[name].subarray(0, this.#buckets.length)];
    return {
      bucketMs: this.#buckets.bucketMs,
      offered: of('offered'),
      started: of('started'),
      requests: of('requests'),
      answers: of('answers'),
      leases: of('leases'),
      refusals: of('refusals'),
    };
  }

  #join(): void {
    for (const counts of Object.values(this.#counts)) {
      for (let to = 0; to < BUCKETS_LIMIT; to++) {
        counts[to] = (counts[2 * to] ?? 0) + (counts[2 * to + 1] ?? 0);
      }
    }
  }
}
