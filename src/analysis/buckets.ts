const FIRST_BUCKET_MS = 1_000;

/**
 * Times put into buckets of equal length from the run's start: a second each until there are too many of them; then each
 * two become one.
 */
export class Buckets {
  bucketMs = FIRST_BUCKET_MS;
  /** Up to the last one that something fell into. */
  length = 0;
  readonly #limit: number;
  readonly #join: () => void;

  /** @param join makes one of each two neighbours, the first of the first two, in whatever is kept by bucket */
  constructor(limit: number, join: () => void) {
    this.#limit = limit;
    this.#join = join;
  }

  /**
   * @param atUs microseconds since the run's start; what lies before it counts as then
   * @returns the number of its bucket, which is below the limit
   */
  of(atUs: number): number {
    let bucket = this.#at(atUs);
    while (bucket >= this.#limit) {
      this.#join();
      this.bucketMs *= 2;
      this.length = Math.ceil(this.length / 2);
      bucket = this.#at(atUs);
    }
    if (bucket >= this.length) this.length = bucket + 1;
    return bucket;
  }

  #at(atUs: number): number {
    return Math.max(0, Math.floor(atUs / (1_000 * this.bucketMs)));
  }
}
