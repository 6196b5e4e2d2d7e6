import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Timers } from './timers.js';

describe('timers', () => {
  it('give what is due, earliest first, whatever the order they were set in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(), (moments, now) => {
        const timers = new Timers();
        for (const [number, atUs] of moments.entries()) timers.add(atUs, 'deadline', number);
        const taken = [];
        for (let due = timers.take(now); due !== undefined; due = timers.take(now)) taken.push(due.atUs);
        const sorted = moments.toSorted((left, right) => left - right);
        expect(taken).toEqual(sorted.filter((atUs) => atUs <= now));
        expect(timers.nextAtUs).toBe(sorted.find((atUs) => atUs > now) ?? Infinity);
      }),
    );
  });

  it('keep what they are for', () => {
    const timers = new Timers();
    timers.add(20, 'retransmit', 3, 4_000);
    timers.add(10, 'start', 5);
    expect(timers.take(9)).toBeUndefined();
    expect(timers.take(20)).toEqual({ atUs: 10, what: 'start', number: 5, delayMs: 0 });
    expect(timers.take(20)).toEqual({ atUs: 20, what: 'retransmit', number: 3, delayMs: 4_000 });
    expect(timers.take(20)).toBeUndefined();
  });
});
