import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DUE, Timers } from './timers.js';

describe('timers', () => {
  it('give what is due, earliest first, in whatever order they were set', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { size: '+1' }), fc.nat(), (moments, now) => {
        const timers = new Timers();
        for (const [number, atUs] of moments.entries()) timers.add(atUs, DUE.deadline, number);
        const taken = [];
        while (timers.take(now)) taken.push(timers.atUs);
        const sorted = moments.toSorted((left, right) => left - right);
        expect(taken).toEqual(sorted.filter((atUs) => atUs <= now));
        expect(timers.nextAtUs).toBe(sorted.find((atUs) => atUs > now) ?? Infinity);
      }),
    );
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
