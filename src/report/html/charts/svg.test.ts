import { describe, expect, it } from 'vitest';
import { linear, logarithmic } from './svg.js';

describe('a linear axis', () => {
  it.each([
    [0, [0, 1]],
    [3, [0, 1, 2, 3]],
    [58, [0, 20, 40, 60]],
    [117, [0, 50, 100, 150]],
    [40_000, [0, 10_000, 20_000, 30_000, 40_000]],
  ])('to %i has round steps', (largest, ticks) => {
    const scale = linear(largest, 0, 100);
    expect(scale.ticks).toEqual(ticks);
    expect(scale.at(0)).toBe(0);
    expect(scale.at(ticks.at(-1) ?? NaN)).toBe(100);
  });
});

describe('a logarithmic axis', () => {
  it('spans the powers of ten around its values', () => {
    const scale = logarithmic(6.3, 108, 0, 300);
    expect(scale.ticks).toEqual([1, 10, 100, 1000]);
    expect([1, 10, 1000].map(scale.at)).toEqual([0, 100, 300]);
  });

  it('spans at least a decade, and puts lower values at its start', () => {
    const scale = logarithmic(10, 10, 0, 300);
    expect(scale.ticks).toEqual([10, 100]);
    expect(scale.at(0)).toBe(0);
  });
});
