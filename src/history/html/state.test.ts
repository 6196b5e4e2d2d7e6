import { describe, expect, it } from 'vitest';
import { groupsOf } from '../groups.js';
import { foundRun } from '../trend.test-support.js';
import { stateOf } from './state.js';

const unread = { path: '/reports/galera/b', why: 'result.json is damaged', isRun: true as const };
const JANUARY = Date.UTC(2026, 0, 31);
const lookOf = (runs: Parameters<typeof foundRun>[0][], passedOver: (typeof unread)[] = []) =>
  stateOf({ groups: groupsOf(runs.map(foundRun), JANUARY), passedOver }).look;

describe('what the runs of a directory come to', () => {
  it('is good, can not tell, or red, as the newest runs of its series are', () => {
    expect(lookOf([{ day: 1 }])).toBe('pass');
    expect(lookOf([{ day: 1 }, { day: 2, scenario: 'other', verdict: 'inconclusive' }])).toBe('inconclusive');
    expect(
      lookOf([
        { day: 1, verdict: 'fail' },
        { day: 2, scenario: 'other' },
      ]),
    ).toBe('fail');
  });

  it('is not good with a run that can not be read, but is with any other skipped directory', () => {
    const groups = groupsOf([foundRun({ day: 1 })], JANUARY);
    expect(stateOf({ groups, passedOver: [unread] }).look).toBe('inconclusive');
    expect(stateOf({ groups, passedOver: [{ path: '/reports/x', why: 'no run is in it' }] }).look).toBe(
      'pass',
    );
  });

  it('stays red beside a run of a clock that was years ahead', () => {
    expect(
      lookOf([
        { day: 30, verdict: 'fail' },
        { day: 2_000, scenario: 'other' },
      ]),
    ).toBe('fail');
  });

  it('is not red by a series that was not run for a week', () => {
    expect(
      lookOf([
        { day: 1, verdict: 'fail' },
        { day: 20, scenario: 'other' },
      ]),
    ).toBe('pass');
  });
});
