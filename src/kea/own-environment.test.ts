import { describe, expect, it } from 'vitest';
import { HarnessError } from '../errors.js';
import { fixedZone, ownEnvironment } from './own-environment.js';

describe('a time zone as a value of TZ', () => {
  it.each([
    ['America/New_York', '2026-01-15', '<-0500>+05:00'],
    ['America/New_York', '2026-07-15', '<-0400>+04:00'],
    ['Asia/Tokyo', '2026-01-15', '<+0900>-09:00'],
    ['Asia/Kathmandu', '2026-01-15', '<+0545>-05:45'],
    ['UTC', '2026-01-15', '<+0000>-00:00'],
  ])('%s on %s', (zone, day, expected) => {
    expect(fixedZone(zone, new Date(day))).toBe(expected);
  });
});

describe('the environment of one server', () => {
  it('is empty where nothing sets it apart', () => expect(ownEnvironment({})).toEqual({}));

  it('has its own variables, and libfaketime before what else is preloaded', () => {
    const environment = { LD_PRELOAD: '/lib/other.so', A: 'b' };
    expect(ownEnvironment({ clockOffset: -2.5, environment }, '/lib/faketime.so')).toMatchObject({
      A: 'b',
      FAKETIME: '-2.5',
      LD_PRELOAD: '/lib/faketime.so:/lib/other.so',
    });
  });

  it('needs libfaketime for another clock', () => {
    expect(() => ownEnvironment({ clockOffset: 2 })).toThrow(HarnessError);
  });
});
