import { describe, expect, it } from 'vitest';
import { loadScenario } from './load.js';
import { idBitsOf, idKeptMs } from './transaction-ids.js';

const load = (set: string[] = []) => loadScenario('high-rate', { set, quick: false }).scenario.load;

describe('transaction ids', () => {
  it('have the bits of the protocol, or fewer where the scenario says so', () => {
    expect(([4, 6] as const).map((family) => idBitsOf(family, load()))).toEqual([32, 24]);
    const few = load(['load.transactionIdBits=20']);
    expect(([4, 6] as const).map((family) => idBitsOf(family, few))).toEqual([20, 20]);
    expect(idBitsOf(6, load(['load.transactionIdBits=32']))).toBe(24);
  });

  it('are kept while an answer may come: for both timeouts, and for a late answer', () => {
    expect(idKeptMs(load())).toBe(64_000);
    expect(
      idKeptMs(load(['load.transactionIdBits=20', 'load.collectOffersMs=100', 'load.drainMs=3000'])),
    ).toBe(7_100);
  });

  it('are too few if more attempts may wait than there are ids; one more bit is enough', () => {
    const refused = (bits: number) => () => load([`load.transactionIdBits=${bits}`]);
    expect(refused(12)).toThrow(/4096 transaction ids, and at this rate up to \d+ could be in use/);
    const needed = /set it to (\d+)/.exec(String(catching(refused(12))))?.[1];
    expect(Number(needed)).toBeGreaterThan(12);
    expect(refused(Number(needed) - 1)).toThrow();
    expect(refused(Number(needed))).not.toThrow();
  });
});

function catching(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error instanceof Error && 'problems' in error ? JSON.stringify(error.problems) : error;
  }
}
