import type { SeriesFigures } from './model.js';

/** More would be thinner than a pixel each in a chart, and a day's run must not make `result.json` long. */
const BUCKETS_LIMIT = 240;

const FIRST_BUCKET_MS = 1_000;

export const SERIES = ['offered', 'started', 'requests', 'answers', 'leases'] as const;
export type SeriesName = (typeof SERIES)[number];

/**
 * What happened when: events of each kind, counted in buckets of equal length from the run's start. Buckets are a second
 * long until there are too many of them; then each two become one.
 */
export class Series {
  #bucketMs = FIRST_BUCKET_MS;
  #length = 0;
  readonly #counts = Object.fromEntries(
    SERIES.map((name) => [name, new Float64Array(BUCKETS_LIMIT)]),
  ) as Record<SeriesName, Float64Array>;

  /** @param atUs microseconds since the run's start; what lies before it counts as then, what is no number not at all */
  count(name: SeriesName, atUs: number): void {
    if (!Number.isFinite(atUs)) return;
    let bucket = this.#bucketOf(atUs);
    while (bucket >= BUCKETS_LIMIT) {
      this.#halve();
      bucket = this.#bucketOf(atUs);
    }
    const counts = this.#counts[name];
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    if (bucket >= this.#length) this.#length = bucket + 1;
  }

  figures(): SeriesFigures {
    const of = (name: SeriesName) => [...this.#counts[name].subarray(0, this.#length)];
    return {
      bucketMs: this.#bucketMs,
      offered: of('offered'),
      started: of('started'),
      requests: of('requests'),
      answers: of('answers'),
      leases: of('leases'),
    };
  }

  #bucketOf(atUs: number): number {
    return Math.max(0, Math.floor(atUs / (1_000 * this.#bucketMs)));
  }

  #halve(): void {
    for (const counts of Object.values(this.#counts)) {
      for (let to = 0; to < BUCKETS_LIMIT; to++) {
        counts[to] = (counts[2 * to] ?? 0) + (counts[2 * to + 1] ?? 0);
      }
    }
    this.#bucketMs *= 2;
    this.#length = Math.ceil(this.#length / 2);
  }
}
