import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Latency, Percentiles } from '../../results/percentiles.js';

/** The longest duration that is recorded, microseconds (35 minutes). A longer one counts as this. */
const LONGEST_US = 0x7fff_fffe;

/**
 * Durations in an HDR histogram, whose size does not grow with their number. Percentiles are never too short. With
 * three figures they are exact up to 2 ms, and above at most 0.1% too long. With two figures they are exact up to
 * 0.25 ms, and above at most 0.8% too long. The maximum is exact.
 */
export class Durations {
  readonly #figures: 2 | 3;
  /** Made when first needed: most phases and servers of a layout may never get an answer. */
  #histogram: RecordableHistogram | undefined;
  #longestUs = 0;

  constructor(figures: 2 | 3 = 3) {
    this.#figures = figures;
  }

  get count(): number {
    return this.#histogram?.count ?? 0;
  }

  record(us: number): void {
    const whole = Math.min(Math.max(Math.round(us), 0), LONGEST_US);
    if (whole > this.#longestUs) this.#longestUs = whole;
    // The histogram can't record 0, so each value is stored + 1.
    this.#recordable().record(whole + 1);
  }

  add(other: Durations): void {
    if (other.#histogram === undefined) return;
    this.#recordable().add(other.#histogram);
    this.#longestUs = Math.max(this.#longestUs, other.#longestUs);
  }

  percentiles(): Percentiles {
    return {
      p50: this.#ms(500),
      p90: this.#ms(900),
      p99: this.#ms(990),
      p999: this.#ms(999),
      max: this.count === 0 ? null : this.#longestUs / 1000,
    };
  }

  /**
   * Nearest rank: the smallest value that at least `perMille` of the values don't exceed.
   *
   * @param perMille whole, so that a rank is never rounded up by a binary fraction
   * @returns microseconds; null without values
   */
  nearestRank(perMille: number): number | null {
    const { count } = this;
    if (this.#histogram === undefined || count === 0) return null;
    const rank = Math.max(Math.ceil((perMille * count) / 1000), 1);
    // Between ranks the histogram would round to the nearer one, not up.
    const found = this.#histogram.percentile((100 * rank) / count);
    return Math.min(found - 1, this.#longestUs);
  }

  #ms(perMille: number): number | null {
    const us = this.nearestRank(perMille);
    return us === null ? null : us / 1000;
  }

  #recordable(): RecordableHistogram {
    return (this.#histogram ??= createHistogram({
      lowest: 1,
      highest: LONGEST_US + 1,
      figures: this.#figures,
    }));
  }
}

/** @param parts for example one for each server */
export function latency(parts: readonly Durations[], timeouts: number): Latency {
  const all = new Durations();
  for (const part of parts) all.add(part);
  return { ...all.percentiles(), answered: all.count, timeouts };
}
