const FIRST_BUCKET_MS = 1_000;

/**
 * Puts times into buckets of equal length, counted from the run's start. A bucket is one second long at first.
 * Whenever there are too many buckets, each two neighbours become one.
 */
export class Buckets {
  bucketMs = FIRST_BUCKET_MS;
  /** The number of buckets up to the last one with an event. */
  length = 0;
  readonly #limit: number;
  readonly #join: () => void;

  /**
   * @param join halves what the caller keeps by bucket: buckets 0 and 1 become bucket 0, buckets 2 and 3 become
   * bucket 1, …
   */
  constructor(limit: number, join: () => void) {
    this.#limit = limit;
    this.#join = join;
  }

  /**
   * @param atUs microseconds since the run's start; an earlier time counts as the start
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
