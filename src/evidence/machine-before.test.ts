import { describe, expect, it } from 'vitest';
import { lookAtMachine, usedBetween } from './machine-before.js';

describe('a look at the machine before a run', () => {
  const at = (busyTicks: number, stolenTicks: number, totalTicks: number) => ({
    cpus: 2,
    busyTicks,
    stolenTicks,
    totalTicks,
  });

  it('tells the CPU time used between two moments, in percent of all CPUs', () => {
    expect(usedBetween(at(100, 10, 1_000), at(170, 30, 1_100))).toEqual({
      busyPercent: 70,
      stolenPercent: 20,
    });
  });

  it('tells nothing where no tick has passed', () => {
    expect(usedBetween(at(1, 0, 5), at(1, 0, 5))).toBeNull();
  });

  it('ends at once where the run is interrupted', async () => {
    const seen = await lookAtMachine(AbortSignal.abort());
    expect(seen === null || seen.busyPercent <= 100).toBe(true);
  });
});
