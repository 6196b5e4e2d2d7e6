import { describe, expect, it } from 'vitest';
import { healthyNode } from './facts.test-support.js';
import { timeChecks } from './times.js';

const NONE = { offsetMs: 0, uncertaintyMs: 2, utcOffsetS: 0 };

function broken(...times: readonly (typeof NONE)[]): string[] {
  const nodes = times.map((time, index) => healthyNode(index + 1, { time }));
  return timeChecks(nodes).flatMap(({ name, verdict }) => (verdict === 'fail' ? [name] : []));
}

describe('the times of nodes', () => {
  it('that are the same pass', () => expect(broken(NONE, NONE, NONE)).toEqual([]));

  it('may all differ from that of this machine', () => {
    const late = { offsetMs: -90_000, uncertaintyMs: 5, utcOffsetS: 3_600 };
    expect(broken(late, late)).toEqual([]);
  });

  it.each([
    [{ ...NONE, offsetMs: 2_000 }, ['clock']],
    [{ ...NONE, offsetMs: -2_000 }, ['clock']],
    // An answer that took two seconds tells nothing of a clock that may be two seconds ahead.
    [{ ...NONE, offsetMs: 2_000, uncertaintyMs: 1_500 }, []],
    [{ ...NONE, utcOffsetS: 20_700 }, ['time-zone']],
    [{ ...NONE, offsetMs: 900 }, []],
  ])('of which one is %j fail %j', (other, expected) => {
    expect(broken(NONE, other, NONE)).toEqual(expected);
  });

  it('name the zone of each node', () => {
    const zones = [0, 20_700, -12_600].map((utcOffsetS, i) =>
      healthyNode(i + 1, { time: { ...NONE, utcOffsetS } }),
    );
    const check = timeChecks(zones).find(({ name }) => name === 'time-zone');
    expect(check?.actual).toBe('db1 UTC+00:00, db2 UTC+05:45, db3 UTC-03:30');
  });

  it('are not compared for one node', () => expect(timeChecks([healthyNode(1)])).toEqual([]));
});
