import { expect, it } from 'vitest';
import { percentileChart } from './percentiles.js';

const row = { label: 'DISCOVER-OFFER', p50: 1, p90: 2, p99: 3, max: 4 };
const RANGE = { least: 1, most: 10 };
const note = '57,046 unanswered, 1,148 answered late';

const drawn = (...rows: Parameters<typeof percentileChart>[1]) =>
  String(percentileChart('latency', rows, RANGE));
/** Where the text of each label begins. */
const labels = (svg: string) =>
  [...svg.matchAll(/class="group"\s+x="0"\s+y="(\d+)"/g)].map(([, y]) => Number(y));

it('a note stands whole below its label, and moves what follows down', () => {
  const svg = drawn({ ...row, note }, row);
  expect(svg).toMatch(new RegExp(`<text class="left-out"[^>]*>${note}</text>`));
  const [first = 0, second = 0] = labels(svg);
  const [, without = 0] = labels(drawn(row, row));
  expect(second).toBeGreaterThan(without);
  expect(second - first).toBeGreaterThan(without - first);
});
