import type { Latency, Percentiles } from '../../results/percentiles.js';

/** The longest duration that is recorded, microseconds (35 minutes). A longer one counts as this. */
const LONGEST_US = 0x7fff_fffe;
/** By the number of figures: durations below two to the power of this are counted each for itself. */
const EXACT_BITS = { 2: 8, 3: 11 } as const;

/**
 * Durations in a histogram as HdrHistogram has it, whose size does not grow with their number. Percentiles are never too
 * short. With three figures they are exact up to 2 ms, and above at most 0.1% too long. With two figures they are exact
 * up to 0.25 ms, and above at most 0.8% too long. The maximum is exact. Node has such a histogram too, but a call to it
 * takes longer than all else that is done with an answer's time.
 */
export class Durations {
  readonly #bits: number;
  /** By place (see `#placeOf`): how many durations. Made when first needed, as most phases and servers get no answer. */
  #counts: Uint32Array | undefined;
  #count = 0;
  #longestUs = 0;

  constructor(figures: 2 | 3 = 3) {
    this.#bits = EXACT_BITS[figures];
  }

  get count(): number {
    return this.#count;
  }

  record(us: number): void {
    const whole = Math.min(Math.max(Math.round(us), 0), LONGEST_US);
    if (whole > this.#longestUs) this.#longestUs = whole;
    const counts = (this.#counts ??= new Uint32Array(this.#placeOf(LONGEST_US) + 1));
    const place = this.#placeOf(whole);
    counts[place] = (counts[place] ?? 0) + 1;
    this.#count++;
  }

  /** @param other of the same number of figures */
  add(other: Durations): void {
    const more = other.#counts;
    if (more === undefined) return;
    const counts = (this.#counts ??= new Uint32Array(more.length));
    for (let place = 0; place < counts.length; place++)
      counts[place] = (counts[place] ?? 0) + (more[place] ?? 0);
    this.#count += other.#count;
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
    const counts = this.#counts;
    if (counts === undefined) return null;
    const rank = Math.max(Math.ceil((perMille * count) / 1000), 1);
    let place = 0;
    for (let seen = counts[0] ?? 0; seen < rank && place < counts.length; seen += counts[place] ?? 0) place++;
    return Math.min(this.#longestAt(place), this.#longestUs);
  }

  /**
   * How many durations lie in each band.
   *
   * @param endsUs the upper ends of the bands, rising, microseconds; a longer duration counts in the last band
   */
  inBands(endsUs: readonly number[]): number[] {
    const bands = endsUs.map(() => 0);
    let band = 0;
    for (const [place, count] of (this.#counts ?? []).entries()) {
      if (count === 0) continue;
      while (band < endsUs.length - 1 && this.#longestAt(place) > (endsUs[band] ?? Infinity)) band++;
      bands[band] = (bands[band] ?? 0) + count;
    }
    return bands;
  }

  #ms(perMille: number): number | null {
    const us = this.nearestRank(perMille);
    return us === null ? null : us / 1000;
  }

  /** Durations of one length share a place, and so do longer ones that agree in their first `#bits` bits. */
  #placeOf(us: number): number {
    const shift = Math.max(32 - Math.clz32(us) - this.#bits, 0);
    return (shift << (this.#bits - 1)) + (us >>> shift);
  }

  #longestAt(place: number): number {
    const shift = Math.max((place >> (this.#bits - 1)) - 1, 0);
    const first = place - (shift << (this.#bits - 1));
    return (first + 1) * 2 ** shift - 1;
  }
}

/** @param parts for example one for each server */
export function latency(parts: readonly Durations[], timeouts: number): Latency {
  const all = new Durations();
  for (const part of parts) all.add(part);
  return { ...all.percentiles(), answered: all.count, timeouts };
}
