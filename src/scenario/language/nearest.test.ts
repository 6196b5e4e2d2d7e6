import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from './nearest.js';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['rate', '', 4],
    ['', 'rate', 4],
    ['rate', 'rate', 0],
    ['rate', 'rote', 1],
    ['rate', 'rates', 1],
    ['rate', 'raet', 1],
    ['kitten', 'sitting', 3],
  ])('from %j to %j is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('is symmetric, zero only for equals, and at most the longer length', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});

describe('nearest', () => {
  const keys = ['ratePerServer', 'clientsPerServer', 'arrival', 'timeoutMs'];

  it.each([
    ['ratePerSever', 'ratePerServer'],
    ['rate_per_server', 'ratePerServer'],
    ['arival', 'arrival'],
    ['timeout', 'timeoutMs'],
    ['colour', undefined],
    ['', undefined],
    ['x'.repeat(1_000_000), undefined],
  ])('to %.20s is %s', (word, meant) => {
    expect(nearest(word, keys)).toBe(meant);
  });
});
