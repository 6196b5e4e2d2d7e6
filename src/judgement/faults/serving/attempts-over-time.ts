import type { ServedOverTime } from '../../../results/faults.js';
import { Buckets } from '../../time/buckets.js';
import type { AttemptCount } from './attempts.js';

/** As many as a strip of the page can show. A run of a day must not make `result.json` and the page long. */
const BUCKETS_LIMIT = 120;

/**
 * How many attempts to get a lease began at each server of a case, and how many of these got one. An attempt counts
 * when it begins, so the two counts of a bucket are of the same attempts.
 */
export class AttemptsOverTime implements AttemptCount {
  readonly #zeroUs: number;
  readonly #counts: readonly { asked: Float64Array; served: Float64Array }[];
  readonly #buckets = new Buckets(BUCKETS_LIMIT, () => {
    for (const { asked, served } of this.#counts) for (const counts of [asked, served]) join(counts);
  });

  /** @param zeroUs the time of the run's clock at which the first bucket begins */
  constructor(servers: number, zeroUs: number) {
    this.#zeroUs = zeroUs;
    this.#counts = Array.from({ length: servers }, () => ({
      asked: new Float64Array(BUCKETS_LIMIT),
      served: new Float64Array(BUCKETS_LIMIT),
    }));
  }

  began(server: number, atUs: number): void {
    this.#count('asked', server, atUs);
  }

  served(server: number, beganAtUs: number): void {
    this.#count('served', server, beganAtUs);
  }

  /** @param names of the servers, as reports name them */
  figures(names: readonly string[]): ServedOverTime[] {
    const of = (counts: Float64Array | undefined) => [...(counts?.subarray(0, this.#buckets.length) ?? [])];
    return names.map((server, index) => ({
      server,
      bucketMs: this.#buckets.bucketMs,
      asked: of(this.#counts[index]?.asked),
      served: of(this.#counts[index]?.served),
    }));
  }

  #count(what: 'asked' | 'served', server: number, atUs: number): void {
    const counts = this.#counts[server]?.[what];
    if (counts === undefined) return;
    // The bucket is found first, as that may join buckets.
    const bucket = this.#buckets.of(atUs - this.#zeroUs);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
}

function join(counts: Float64Array): void {
  for (let to = 0; to < counts.length; to++) counts[to] = (counts[2 * to] ?? 0) + (counts[2 * to + 1] ?? 0);
}
