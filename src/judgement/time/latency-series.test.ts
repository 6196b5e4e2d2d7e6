import { describe, expect, it } from 'vitest';
import { LatencySeries } from './latency-series.js';
import { nth, SyntheticRun, v4 } from '../synthetic.test-support.js';

/** Two bands for each doubling. */
const BAND_ENDS_MS = expect.toSatisfy(
  (ends: number[]) =>
    ends[0] === 0.125 && ends.slice(2).every((end, index) => Math.abs(end / (ends[index] ?? 0) - 2) < 0.01),
) as unknown;

describe('latency over time', () => {
  it('is kept by phase and by the time at which the message was due, with null for empty buckets', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 4 });
    run.at(1_000).ask(0, 0, { intendedUs: 0 }).give(v4(1), { receivedAtUs: 2_500_000 });
    run.at(5_000).ask(1, 0, { intendedUs: 4_000 }).give(v4(2), { receivedAtUs: 10_000 });
    run.at(2_600_000).ask(0, 1).give(v4(1), { receivedAtUs: 2_602_200 });
    run.ask(2, 0).timeout();
    expect(run.case().series.latency).toEqual({
      bucketMs: 1_000,
      bandEndsMs: BAND_ENDS_MS,
      phases: [
        {
          name: 'DISCOVER-OFFER',
          p50: [6, null, null].map(near),
          p99: [2_500, null, null].map(near),
          max: [2_500, null, null],
          // One answer in band 12, from 5.657 to 8 ms, and one in band 29, from 2,048 to 2,896 ms.
          bands: [[12, 1, ...Array.from({ length: 16 }, () => 0), 1], [], []],
        },
        {
          name: 'REQUEST-ACK',
          p50: [null, null, 1.2].map(near),
          p99: [null, null, 1.2].map(near),
          max: [null, null, 1.2],
          bands: [[], [], [7, 1]],
        },
      ],
      lateness: { p50: [2, null, 0], p99: [2, null, 0], max: [2, null, 0] },
    });
  });

  it('of a day fits into few buckets, with the same percentiles', () => {
    const series = new LatencySeries();
    for (let second = 0; second < 86_400; second++) {
      series.answered('DISCOVER-OFFER', second * 1e6, second % 10 === 9 ? 200 : 100);
      if (second === 50_000) series.answered('REQUEST-ACK', second * 1e6, 90_001);
    }
    const { bucketMs, phases, lateness } = series.figures();
    const [offers, acks] = [nth(phases, 0), nth(phases, 1)];
    expect(offers.p50.length).toBeLessThanOrEqual(120);
    expect(offers.p50.length).toBeGreaterThan(60);
    expect(bucketMs * offers.p50.length).toBeGreaterThanOrEqual(86_400_000);
    expect(new Set(offers.p50)).toEqual(new Set([0.1]));
    expect(new Set(offers.p99)).toEqual(new Set([0.2]));
    expect(acks.max.flatMap((value, bucket) => (value === null ? [] : [[bucket, value]]))).toEqual([
      [Math.floor(50_000_000 / bucketMs), 90.001],
    ]);
    expect(new Set(lateness.max)).toEqual(new Set([null]));
    // Every answer is in a band: of the offers, nine tenths in the first one, and a tenth in the one after the next.
    const answers = offers.bands.map(([first = -1, ...counts]) => [first, counts.length, sum(counts)]);
    expect(sum(answers.map((one) => nth(one, 2)))).toBe(86_400);
    expect(new Set(answers.map(([first, length]) => `${first} ${length}`))).toEqual(new Set(['0 3']));
  });

  it('leaves out messages without a due time', () => {
    const series = new LatencySeries();
    series.answered('DISCOVER-OFFER', NaN, 5);
    series.started(NaN, 5);
    expect(series.figures()).toEqual({
      bucketMs: 1_000,
      bandEndsMs: BAND_ENDS_MS,
      phases: [],
      lateness: { p50: [], p99: [], max: [] },
    });
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0);
}

/** A histogram with two figures is at most 0.8% too high. */
function near(value: number | null): unknown {
  return value === null ? null : expect.closeTo(value, -Math.log10(0.016 * value));
}
