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
  it('is empty where nothing sets it apart', () =>
    expect(ownEnvironment({})).toEqual({ variables: {}, preload: [] }));

  it('has its own variables, and libfaketime with another clock', () => {
    const { variables, preload } = ownEnvironment(
      { clockOffset: -2.5, environment: { A: 'b' } },
      '/lib/faketime.so',
    );
    expect(variables).toMatchObject({ A: 'b', FAKETIME: '-2.5' });
    expect(preload).toEqual(['/lib/faketime.so']);
  });

  it('needs libfaketime for another clock', () => {
    expect(() => ownEnvironment({ clockOffset: 2 })).toThrow(HarnessError);
  });
});
