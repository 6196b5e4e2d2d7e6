import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.js';

const draw = (seed: number, count: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

describe('seeded random numbers', () => {
  it('are repeated by their seed', () => {
    expect(draw(99, 100)).toEqual(draw(99, 100));
    expect(draw(99, 100)).not.toEqual(draw(100, 100));
  });

  it('spread evenly over [0, 1)', () => {
    const numbers = draw(12_345, 100_000);
    const tenths = Array.from({ length: 10 }, () => 0);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    for (const number of numbers) {
      const tenth = Math.floor(number * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    // 10,000 each, with a deviation of 95.
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
});
