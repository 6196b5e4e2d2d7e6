import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestRank } from './latency.js';
import { SyntheticRun, v4 } from './synthetic.test-support.js';

describe('percentiles by nearest rank', () => {
  it.each([
    [5, 15],
    [30, 20],
    [40, 20],
    [50, 35],
    [100, 50],
  ])('%i%% of 15 20 35 40 50 is %i', (percent, value) => {
    expect(nearestRank(Int32Array.of(15, 20, 35, 40, 50), percent)).toBe(value);
  });

  it('are the smallest value that so many do not exceed', () => {
    const values = fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (list, percent) => {
        const found = nearestRank(Int32Array.from(list).sort(), percent) ?? -1;
        const upTo = (value: number) => (100 * list.filter((one) => one <= value).length) / list.length;
        expect(list).toContain(found);
        expect(upTo(found)).toBeGreaterThanOrEqual(percent);
        for (const smaller of list.filter((one) => one < found)) expect(upTo(smaller)).toBeLessThan(percent);
      }),
    );
  });
});

describe('latency', () => {
  it('runs from the intended send time and shows timeouts beside', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    run.at(10_000).ask(0, 0, { intendedUs: 6_000 }).give(v4(1), { receivedAtUs: 14_000 });
    run.at(20_000).ask(1, 0).nak();
    run.ask(2, 0).timeout();
    expect(run.phase(0).latencyMs).toEqual({ p50: 1, p90: 8, p99: 8, max: 8, answered: 2, timeouts: 1 });
  });

  it('includes late leases, which would flatter it if left out', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.ask(0, 0, { intendedUs: 0 }).timeout().give(v4(1), { receivedAtUs: 3_000_000 });
    expect(run.phase(0).latencyMs).toMatchObject({ max: 3000, answered: 1, timeouts: 0 });
  });

  it('is null without an answer', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.ask(0, 0).timeout();
    expect(run.phase(0).latencyMs).toMatchObject({ p50: null, p99: null, max: null, timeouts: 1 });
  });
});
