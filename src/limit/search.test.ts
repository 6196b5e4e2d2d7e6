import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracketOf, type Tried } from '../report/rates/bracket.js';
import { mostTrials, nextRate, type SearchBounds } from './search.js';

/** Tries what the search asks for, until it asks for nothing more. */
function search(bounds: SearchBounds, holds: (rate: number) => boolean): Tried[] {
  const tried: Tried[] = [];
  for (let rate = nextRate(tried, bounds); rate !== undefined; rate = nextRate(tried, bounds)) {
    tried.push({ ratePerServer: rate, outcome: holds(rate) ? 'held' : 'exceeded' });
    if (tried.length > 1_000) throw new Error('it does not end');
  }
  return tried;
}

const rates = (tried: readonly Tried[]) => tried.map(({ ratePerServer }) => ratePerServer);
const bounds = fc
  .record({
    from: fc.integer({ min: 1, max: 1_000 }),
    factor: fc.integer({ min: 1, max: 1_000 }),
    resolutionPercent: fc.integer({ min: 1, max: 100 }),
  })
  .map(({ from, factor, resolutionPercent }) => ({ from, to: from * factor, resolutionPercent }));

describe('the search for the highest rate', () => {
  it('doubles the rate until one does not hold, then tries rates in between', () => {
    const tried = search({ from: 10, to: 1_000, resolutionPercent: 10 }, (rate) => rate <= 57);
    expect(rates(tried)).toEqual([10, 20, 40, 80, 56.6, 67.3, 61.7]);
    expect(bracketOf(tried)).toEqual({ held: 56.6, notHeld: 61.7, exceeded: 61.7 });
  });

  it('is bounded above only by a rate that exceeded the limit', () => {
    const tried = (...those: [number, Tried['outcome']][]) =>
      bracketOf(those.map(([ratePerServer, outcome]) => ({ ratePerServer, outcome })));
    const open = tried([10, 'held'], [20, "can't tell"], [40, 'not driven']);
    expect(open).toEqual({ held: 10, notHeld: 20, exceeded: undefined });
    const between = tried([10, 'held'], [20, 'not driven'], [40, 'exceeded'], [80, 'exceeded']);
    expect(between).toEqual({ held: 10, notHeld: 20, exceeded: 40 });
    expect(tried([10, 'exceeded'], [20, 'held'])).toEqual({
      ...{ held: 20, notHeld: undefined, exceeded: undefined },
    });
  });

  it('goes on at lower rates where one could not be told', () => {
    const where = { from: 10, to: 1_000, resolutionPercent: 10 };
    const held: Tried[] = [10, 20].map((ratePerServer) => ({ ratePerServer, outcome: 'held' }));
    expect(nextRate([...held, { ratePerServer: 40, outcome: "can't tell" }], where)).toBe(28.3);
    expect(nextRate([{ ratePerServer: 10, outcome: 'not driven' }], where)).toBe(5);
  });

  it('goes down if the first rate is too high, and gives up at a sixteenth of it', () => {
    expect(rates(search({ from: 16, to: 100, resolutionPercent: 50 }, (rate) => rate <= 5))).toEqual([
      16, 8, 4, 5.66,
    ]);
    expect(rates(search({ from: 16, to: 100, resolutionPercent: 10 }, () => false))).toEqual([
      16, 8, 4, 2, 1,
    ]);
  });

  it('ends at the highest rate that may be tried', () => {
    expect(rates(search({ from: 10, to: 30, resolutionPercent: 10 }, () => true))).toEqual([10, 20, 30]);
    expect(rates(search({ from: 10, to: 10, resolutionPercent: 10 }, () => true))).toEqual([10]);
  });

  it('ends within its bound whichever rates hold, and tries no rate twice and none above the highest', () => {
    fc.assert(
      fc.property(bounds, fc.infiniteStream(fc.boolean()), (where, outcomes) => {
        const tried = search(where, () => outcomes.next().value as boolean);
        expect(tried.length).toBeLessThanOrEqual(mostTrials(where));
        expect(new Set(rates(tried)).size).toBe(tried.length);
        expect(Math.max(...rates(tried))).toBeLessThanOrEqual(where.to);
      }),
    );
  });

  it('finds the limit between a rate that held and one that did not, as close as was asked for', () => {
    fc.assert(
      fc.property(bounds, fc.double({ min: 0.01, max: 2, noNaN: true }), (where, part) => {
        const limit = where.from * part * 10;
        const { held, notHeld } = bracketOf(search(where, (rate) => rate <= limit));
        if (held !== undefined) expect(held).toBeLessThanOrEqual(limit);
        if (notHeld !== undefined) expect(notHeld).toBeGreaterThan(limit);
        if (held === undefined || notHeld === undefined) return;
        // Rates are rounded to three digits, so no two rates are closer than that.
        expect(notHeld / held).toBeLessThanOrEqual(Math.max(1 + where.resolutionPercent / 100, 1.021));
      }),
    );
  });
});
