import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DUE, Timers } from './timers.js';

describe('timers', () => {
  it('give what is due, earliest first, in whatever order they were set', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { size: '+1' }), fc.boolean(), fc.nat(), (moments, areSorted, now) => {
        const timers = new Timers();
        if (areSorted) moments.sort((left, right) => left - right);
        for (const [number, atUs] of moments.entries())
          timers.add(atUs, number % 3 === 0 ? DUE.start : DUE.deadline, number);
        const taken = [];
        while (timers.take(now)) taken.push(timers.atUs);
        const sorted = moments.toSorted((left, right) => left - right);
        expect(taken).toEqual(sorted.filter((atUs) => atUs <= now));
        expect(timers.nextAtUs).toBe(sorted.find((atUs) => atUs > now) ?? Infinity);
      }),
    );
  });

  it('give deadlines in order, also while others are added', () => {
    const timers = new Timers();
    const taken: number[] = [];
    for (let n = 0; n < 10_000; n++) {
      timers.add(1_000 + n, DUE.deadline, n);
      if (n % 3 > 0 && timers.take(1e9)) taken.push(timers.number);
    }
    while (timers.take(1e9)) taken.push(timers.number);
    expect(taken).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
  });

  it('keep what they are for', () => {
    const timers = new Timers();
    timers.add(20, DUE.retransmit, 3, 4_000);
    timers.add(10, DUE.start, 5);
    expect(timers.take(9)).toBe(false);
    expect(timers.take(20)).toBe(true);
    expect(timers).toMatchObject({ atUs: 10, what: DUE.start, number: 5, delayMs: 0 });
    expect(timers.take(20)).toBe(true);
    expect(timers).toMatchObject({ atUs: 20, what: DUE.retransmit, number: 3, delayMs: 4_000 });
    expect(timers.take(20)).toBe(false);
  });
});
