import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOf } from './offset.js';

describe('what most ranges agree on', () => {
  it('is nothing without ranges', () => expect(agreementOf([])).toBeUndefined());

  it('is the overlap of all where all overlap', () => {
    const ranges = [
      { from: 0, to: 1_000 },
      { from: 300, to: 1_300 },
      { from: -200, to: 800 },
    ];
    expect(agreementOf(ranges)).toEqual({ from: 300, to: 800, agreeing: 3, of: 3 });
  });

  it('leaves out a range that contradicts the others', () => {
    const ranges = [
      { from: 0, to: 10 },
      { from: 5_000, to: 5_010 },
      { from: 4, to: 14 },
    ];
    expect(agreementOf(ranges)).toEqual({ from: 4, to: 10, agreeing: 2, of: 3 });
  });

  it('holds the true offset of a clock with whole seconds', () => {
    const writes = fc.array(fc.tuple(fc.nat(60_000), fc.nat(400)), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.integer({ min: -50_000, max: 50_000 }), writes, (offset, handled) => {
        const ranges = handled.map(([at, latency]) => {
          const written = Math.floor((at + offset) / 1_000) * 1_000;
          return { from: written - (at + latency), to: written + 1_000 - (at - latency) };
        });
        const agreement = agreementOf(ranges);
        expect(agreement?.agreeing).toBe(ranges.length);
        expect(agreement?.from).toBeLessThanOrEqual(offset);
        expect(agreement?.to).toBeGreaterThanOrEqual(offset);
      }),
    );
  });
});
