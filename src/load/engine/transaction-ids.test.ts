import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransactionIds } from './transaction-ids.js';

const seeds = fc.integer({ min: 0, max: 0xffff_ffff });

describe.each([
  [10, 1_023],
  [24, 0xff_ffff],
  [32, 0xffff_ffff],
] as const)('transaction ids of %i bits', (bits, largest) => {
  const numbers = fc.integer({ min: 0, max: largest });

  it('lead back to their number', () => {
    fc.assert(
      fc.property(seeds, numbers, (seed, number) => {
        const ids = new TransactionIds(bits, seed);
        const id = ids.idOf(number);
        expect(id).toBeGreaterThanOrEqual(0);
        expect(id).toBeLessThanOrEqual(largest);
        expect(ids.numberOf(id)).toBe(number);
      }),
      { numRuns: 500 },
    );
  });

  it('are all used: each id belongs to some number', () => {
    fc.assert(
      fc.property(seeds, numbers, (seed, id) => {
        const ids = new TransactionIds(bits, seed);
        expect(ids.idOf(ids.numberOf(id))).toBe(id);
      }),
      { numRuns: 500 },
    );
  });

  it('are distinct over a long run', () => {
    const ids = new TransactionIds(bits, 7);
    const used = new Set(Array.from({ length: 50_000 }, (_, number) => ids.idOf(number)));
    expect(used.size).toBe(Math.min(50_000, ids.count));
  });

  it('are others with another seed', () => {
    expect(new TransactionIds(bits, 1).idOf(0)).not.toBe(new TransactionIds(bits, 2).idOf(0));
  });
});
