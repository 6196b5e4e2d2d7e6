import { describe, expect, it } from 'vitest';
import { heatChart } from './heat.js';

/** Bands that end at 0.1 ms, and at steps of a fifth more. */
const ENDS = Array.from({ length: 80 }, (_, i) => 0.1 * 1.2 ** i);
const bandOf = (ms: number) => ENDS.findIndex((end) => end >= ms);

/** The labels of the scale of milliseconds, for answers that took from `least` to `most`. */
const labels = (least: number, most: number) => {
  const bands = { first: bandOf(least), last: bandOf(most) };
  const svg = heatChart({
    ...{ label: 'latency', bucketMs: 1_000, bandEndsMs: ENDS, bands, most: 3 },
    axis: { zeroMs: 0, lengthMs: 1_000, unit: 'seconds', faults: [], moments: [] },
    buckets: [[bands.first, 3]],
    titleOf: () => '',
  });
  return [...String(svg).matchAll(/class="tick end"[^>]*>([\d.,]+)</g)].map(([, text]) => text);
};

describe('the scale of a heat map', () => {
  it('has powers of ten', () => expect(labels(0.8, 150)).toEqual(['1', '10', '100']));
  it('is finer where one power of ten alone would be a label without a scale', () =>
    expect(labels(0.6, 3)).toEqual(['1', '2']));
  it('has its ends where no round value is within', () => expect(labels(2.4, 4)).toHaveLength(2));
});
