import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Durations, latency } from './latency.js';
import { SyntheticRun, v4 } from '../synthetic.test-support.js';

/** The definition of the nearest rank, over all values. */
function nearestRank(values: readonly number[], perMille: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(Math.ceil((perMille * sorted.length) / 1000), 1) - 1] ?? NaN;
}

function durations(values: readonly number[], figures?: 2 | 3): Durations {
  const all = new Durations(figures);
  for (const value of values) all.record(value);
  return all;
}

/** Microseconds from 0 to 18 minutes, with all magnitudes equally frequent. */
const anyDurations = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 30 }), fc.nat({ max: 0x3fff_ffff })).map(([bits, n]) => n >>> bits),
  { minLength: 1, maxLength: 60 },
);
const anyPerMille = fc.integer({ min: 1, max: 1000 });

describe('percentiles by nearest rank', () => {
  it.each([
    [50, 15],
    [300, 20],
    [400, 20],
    [500, 35],
    [999, 50],
    [1000, 50],
  ])('%i per mille of 15 20 35 40 50 is %i', (perMille, value) => {
    expect(durations([35, 15, 50, 20, 40]).nearestRank(perMille)).toBe(value);
  });

  it('99.9% of a thousand values is the last but one', () => {
    expect(durations(Array.from({ length: 1000 }, (_, i) => i)).percentiles()).toEqual({
      p50: 0.499,
      p90: 0.899,
      p99: 0.989,
      p999: 0.998,
      max: 0.999,
    });
  });

  it.each([
    [3, 0.001, 2_046],
    [2, 0.008, 254],
  ] as const)('with %i figures are never too low, and at most %f too high', (figures, error, exactUpTo) => {
    fc.assert(
      fc.property(anyDurations, anyPerMille, (values, perMille) => {
        const exact = nearestRank(values, perMille);
        const found = durations(values, figures).nearestRank(perMille);
        expect(found).toBeGreaterThanOrEqual(exact);
        expect(found).toBeLessThanOrEqual(exact <= exactUpTo ? exact : exact * (1 + error));
      }),
    );
  });

  it('have an exact maximum, up to the longest duration', () => {
    fc.assert(
      fc.property(anyDurations, (values) => {
        expect(durations(values).percentiles().max).toBe(Math.max(...values) / 1000);
      }),
    );
    expect(durations([100_001, 3e9]).percentiles().max).toBe(2_147_483.646);
  });

  it('of several servers are those of all their values', () => {
    fc.assert(
      fc.property(fc.array(anyDurations, { maxLength: 4 }), (parts) => {
        const whole = durations(parts.flat());
        expect(latency([new Durations(), ...parts.map((part) => durations(part))], 3)).toEqual({
          ...whole.percentiles(),
          answered: parts.flat().length,
          timeouts: 3,
        });
      }),
    );
  });
});

describe('latency', () => {
  it('counts from the intended send time, and tells timeouts apart', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    run.at(10_000).ask(0, 0, { intendedUs: 6_000 }).give(v4(1), { receivedAtUs: 14_000 });
    run.at(20_000).ask(1, 0).nak();
    run.ask(2, 0).timeout();
    const { latencyMs } = run.phase(0);
    expect(latencyMs).toMatchObject({ p50: 1, max: 8, answered: 2, timeouts: 1 });
    for (const upper of [latencyMs.p90, latencyMs.p99, latencyMs.p999]) expect(upper).toBe(8);
  });

  it('includes late leases, without which it would look too good', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.ask(0, 0, { intendedUs: 0 }).timeout().give(v4(1), { receivedAtUs: 3_000_000 });
    expect(run.phase(0).latencyMs).toMatchObject({ max: 3000, answered: 1, timeouts: 0 });
  });

  it('is null without an answer', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.ask(0, 0).timeout();
    const none = { p50: null, p90: null, p99: null, p999: null, max: null };
    expect(run.phase(0).latencyMs).toEqual({ ...none, answered: 0, timeouts: 1 });
  });
});
