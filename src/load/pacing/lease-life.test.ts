import { describe, expect, it } from 'vitest';
import { Acts, type Life } from './lease-life.js';

const SECOND = 1_000_000;

/** All acts that are due at two servers: the act, the server, and the time in seconds. */
function due(acts: Partial<Life>, arrival: 'aligned' | 'avalanche' = 'aligned') {
  const life: Life = { seconds: 1, returnDelayMs: [0, 0], renewAtT1: false, ...acts };
  const request = { life, arrival, burstSize: 1, servers: 2, caseIndex: 0, cases: 1, seed: 7 };
  const all = new Acts({ ...request, originUs: 5 * SECOND, possible: (act) => act !== 'decline' });
  const taken: [string, number, number][] = [];
  while (all.nextAtUs !== Infinity) {
    const server = all.take(all.nextAtUs);
    taken.push([all.act, server, all.atUs / SECOND - 5]);
  }
  return taken;
}

describe('acts', () => {
  it('are due at each server, each act at its own rate, from the origin to the end', () => {
    const taken = due({ renewPerServer: 4, releasePerServer: 2, declinePerServer: 9 });
    expect(taken.map(([act, server, atS]) => `${act} ${server} ${atS}`)).toEqual([
      ...['renew 0 0', 'renew 1 0', 'release 0 0', 'release 1 0', 'renew 0 0.25', 'renew 1 0.25'],
      ...['renew 0 0.5', 'renew 1 0.5', 'release 0 0.5', 'release 1 0.5', 'renew 0 0.75', 'renew 1 0.75'],
    ]);
  });

  it('come at random where the first attempts are an avalanche', () => {
    const times = due({ leavePerServer: 500 }, 'avalanche').map(([, , atS]) => atS);
    expect(times.length).toBeGreaterThan(800);
    expect(times.length).toBeLessThan(1_200);
    expect(new Set(times).size).toBe(times.length);
  });
});
