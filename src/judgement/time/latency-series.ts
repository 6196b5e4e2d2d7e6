import type { Phase } from '../../protocol/phases.js';
import { Buckets } from './buckets.js';
import { Durations } from './latency.js';
import type { LatencySeriesFigures, PercentilesOverTime } from '../../results/series.js';

/** The upper ends of the bands of a heat map: from 1/8 ms to 35 minutes, two for each doubling. */
const BAND_ENDS_US: readonly number[] = Array.from({ length: 49 }, (_, half) =>
  Math.round(125 * 2 ** (half / 2)),
);

/** Fewer buckets than the counts have: a bucket holds a histogram of 28 kB for each phase. */
const BUCKETS_LIMIT = 120;

/** Answers' latencies and the lateness of starts, by the time at which the message was due. */
export class LatencySeries {
  readonly #buckets = new Buckets(BUCKETS_LIMIT, () => {
    this.#join();
  });
  readonly #phases = new Map<Phase, (Durations | undefined)[]>();
  readonly #lateness: (Durations | undefined)[] = [];

  /** @param dueUs microseconds since the run's start */
  answered(phase: Phase, dueUs: number, latencyUs: number): void {
    if (!Number.isFinite(dueUs)) return;
    let histograms = this.#phases.get(phase);
    if (histograms === undefined) this.#phases.set(phase, (histograms = []));
    this.#record(histograms, dueUs, latencyUs);
  }

  started(dueUs: number, latenessUs: number): void {
    if (Number.isFinite(dueUs)) this.#record(this.#lateness, dueUs, latenessUs);
  }

  figures(): LatencySeriesFigures {
    return {
      bucketMs: this.#buckets.bucketMs,
      bandEndsMs: BAND_ENDS_US.map((us) => us / 1_000),
      phases: [...this.#phases].map(([name, histograms]) => ({
        name,
        ...this.#overTime(histograms),
        bands: Array.from({ length: this.#buckets.length }, (_, bucket) => trimmed(histograms[bucket])),
      })),
      lateness: this.#overTime(this.#lateness),
    };
  }

  #record(histograms: (Durations | undefined)[], dueUs: number, us: number): void {
    (histograms[this.#buckets.of(dueUs)] ??= new Durations(2)).record(us);
  }

  #overTime(histograms: readonly (Durations | undefined)[]): PercentilesOverTime {
    const each = Array.from({ length: this.#buckets.length }, (_, bucket) =>
      (histograms[bucket] ?? new Durations(2)).percentiles(),
    );
    return {
      p50: each.map(({ p50 }) => p50),
      p99: each.map(({ p99 }) => p99),
      max: each.map(({ max }) => max),
    };
  }

  #join(): void {
    for (const histograms of [this.#lateness, ...this.#phases.values()]) {
      for (let to = 0; 2 * to < histograms.length; to++) {
        const [first, second] = [histograms[2 * to], histograms[2 * to + 1]];
        if (first !== undefined && second !== undefined) first.add(second);
        histograms[to] = first ?? second;
      }
      histograms.length = Math.ceil(histograms.length / 2);
    }
  }
}

/** The first band with answers, and how many each band has from there to the last one with any; empty without answers. */
function trimmed(histogram: Durations | undefined): number[] {
  const bands = histogram?.inBands(BAND_ENDS_US) ?? [];
  const first = bands.findIndex((count) => count > 0);
  return first === -1 ? [] : [first, ...bands.slice(first, bands.findLastIndex((count) => count > 0) + 1)];
}
