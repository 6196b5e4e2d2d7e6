import { describe, expect, it } from 'vitest';
import { Series } from './series.js';
import { SyntheticRun, v4 } from '../synthetic.test-support.js';

const total = (counts: readonly number[]) => counts.reduce((sum, one) => sum + one, 0);

describe('what happened when', () => {
  it('is counted second by second, with 0 for empty seconds', () => {
    const series = new Series();
    series.count('offered', 0);
    series.count('offered', 999_999);
    series.count('started', 2_000_000);
    expect(series.figures()).toEqual({
      bucketMs: 1_000,
      offered: [2, 0, 0],
      started: [0, 0, 1],
      requests: [0, 0, 0],
      answers: [0, 0, 0],
      refusals: [0, 0, 0],
      leases: [0, 0, 0],
    });
  });

  it('of a long run comes in longer buckets, and no event is lost', () => {
    const series = new Series();
    const seconds = 86_400;
    for (let second = 0; second < seconds; second++) series.count('requests', second * 1e6);
    const { bucketMs, requests } = series.figures();
    expect(requests.length).toBeLessThanOrEqual(240);
    expect(requests.length).toBeGreaterThan(120);
    expect(total(requests)).toBe(seconds);
    expect(requests[0]).toBe(bucketMs / 1_000);
    expect(bucketMs * requests.length).toBeGreaterThanOrEqual(seconds * 1_000);
  });

  it('counts a time before the start as the start, and leaves out NaN', () => {
    const series = new Series();
    series.count('offered', -5);
    series.count('offered', NaN);
    expect(series.figures().offered).toEqual([1]);
  });

  it('shows the offered and made starts, the requests, answers and leases of a run', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.ask(0, 0, { intendedUs: 0 }).give(v4(1));
    run.at(1_500_000).ask(0, 1).nak();
    run.ask(0, 0, { attempt: 2 }).give(v4(2));
    run.at(3_000_000).ask(0, 1, { attempt: 2 }).give(v4(2));
    run.ask(1, 0, { intendedUs: 1_000_000 }).timeout();
    expect(run.case().series).toMatchObject({
      bucketMs: 1_000,
      offered: [1, 1, 0, 0],
      started: [1, 0, 0, 1],
      requests: [1, 2, 0, 2],
      answers: [1, 2, 0, 1],
      leases: [0, 0, 0, 1],
    });
  });
});
