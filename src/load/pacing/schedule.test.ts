import { describe, expect, it } from 'vitest';
import { Schedule, type Arrival, type ScheduleRequest } from './schedule.js';

/** When each client starts, by its number. */
function planStarts(request: ScheduleRequest): Float64Array {
  const schedule = new Schedule(request);
  const starts = new Float64Array(schedule.clients).fill(-1);
  let beforeUs = 0;
  while (schedule.nextAtUs < Infinity) {
    const atUs = schedule.nextAtUs;
    expect(atUs).toBeGreaterThanOrEqual(beforeUs);
    beforeUs = atUs;
    const client = schedule.take();
    expect(starts[client]).toBe(-1);
    starts[client] = atUs;
  }
  expect(starts.includes(-1)).toBe(false);
  return starts;
}

/** Three servers, each with four clients at two a second: a period of 500 ms. */
const REQUEST: ScheduleRequest = {
  arrival: 'aligned',
  ratePerServer: 2,
  clientsPerServer: 4,
  burstSize: 2,
  servers: 3,
  caseIndex: 0,
  cases: 1,
  seed: 1,
};

function startsMs(changes: Partial<ScheduleRequest>): number[] {
  return Array.from(planStarts({ ...REQUEST, ...changes }), (us) => Math.round(us) / 1_000);
}

/** The starts of one server: client c is the floor(c / servers)-th of server c mod servers. */
function ofServer(starts: readonly number[], server: number): number[] {
  return starts.filter((_, client) => client % REQUEST.servers === server);
}

describe('aligned starts', () => {
  it('are the same moment on every server', () => {
    const starts = startsMs({ arrival: 'aligned' });
    for (const server of [0, 1, 2]) expect(ofServer(starts, server)).toEqual([0, 500, 1_000, 1_500]);
  });

  it('of several cases share the period', () => {
    const firsts = [0, 1, 2, 3].map((caseIndex) => startsMs({ caseIndex, cases: 4 })[0]);
    expect(firsts).toEqual([0, 125, 250, 375]);
  });
});

describe('staggered starts', () => {
  it('take turns, evenly apart', () => {
    const starts = startsMs({ arrival: 'staggered', ratePerServer: 1 });
    expect(ofServer(starts, 0)).toEqual([0, 1_000, 2_000, 3_000]);
    expect(ofServer(starts, 1)[0]).toBeCloseTo(1_000 / 3, 2);
    expect(ofServer(starts, 2)[0]).toBeCloseTo(2_000 / 3, 2);
    expect(ofServer(starts, 2)[3]).toBeCloseTo(3_000 + 2_000 / 3, 2);
  });
});

describe.each<Arrival>(['aligned', 'staggered'])('%s starts of several cases', (arrival) => {
  it('never coincide, and keep the rate of each server', () => {
    const cases = [0, 1, 2].map((caseIndex) => startsMs({ arrival, caseIndex, cases: 3 }));
    const moments = (starts: number[]): Set<number> => new Set(starts);
    const all = cases.flatMap((starts) => [...moments(starts)]);
    expect(new Set(all).size).toBe(all.length);
    for (const starts of cases) {
      for (const server of [0, 1, 2]) {
        const own = ofServer(starts, server);
        for (const [n, start] of own.slice(1).entries()) expect(start - (own[n] ?? 0)).toBeCloseTo(500, 2);
      }
    }
  });
});

describe('poisson starts', () => {
  const plan = (changes: Partial<ScheduleRequest>): Float64Array =>
    planStarts({ ...REQUEST, arrival: 'poisson', ratePerServer: 50, clientsPerServer: 10_000, ...changes });
  const gapsOf = (starts: Float64Array, server: number): number[] => {
    const own = Array.from(starts).filter((_, client) => client % REQUEST.servers === server);
    return own.map((start, n) => start - (own[n - 1] ?? 0));
  };

  it.each([0, 1, 2])('come to server %i at its rate, with the spread of a Poisson process', (server) => {
    const gaps = gapsOf(plan({ seed: 4711 }), server);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    // The starts are 20 ms apart. The mean of 10,000 such gaps has a deviation of 1%, so 4% is beyond chance.
    expect(mean).toBeGreaterThan(19_200);
    expect(mean).toBeLessThan(20_800);
    // In an exponential distribution, deviation and mean are equal.
    expect(Math.sqrt(variance) / mean).toBeGreaterThan(0.94);
    expect(Math.sqrt(variance) / mean).toBeLessThan(1.06);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0);
  });

  it('are the same again with the same seed, others with another, and independent of each other', () => {
    expect(plan({ seed: 1 })).toEqual(plan({ seed: 1 }));
    expect(plan({ seed: 1 })).not.toEqual(plan({ seed: 2 }));
    const starts = plan({ seed: 1 });
    expect(gapsOf(starts, 0)).not.toEqual(gapsOf(starts, 1));
    expect(plan({ seed: 1, caseIndex: 1, cases: 2 })).not.toEqual(plan({ seed: 1, caseIndex: 0, cases: 2 }));
  });
});

describe('bursts', () => {
  it('start a group at every server at the same moment, and keep the mean rate', () => {
    const starts = startsMs({ arrival: 'burst', burstSize: 2, clientsPerServer: 5 });
    for (const server of [0, 1, 2]) expect(ofServer(starts, server)).toEqual([0, 0, 1_000, 1_000, 2_000]);
  });

  it('of several cases alternate', () => {
    const firsts = [0, 1].map((caseIndex) => startsMs({ arrival: 'burst', caseIndex, cases: 2 })[0]);
    expect(firsts).toEqual([0, 500]);
  });
});

it('an avalanche is all clients of all cases at once, in the order of their numbers', () => {
  const schedule = new Schedule({ ...REQUEST, arrival: 'avalanche', caseIndex: 1, cases: 2, originUs: 7 });
  const order = [];
  for (; schedule.nextAtUs < Infinity; order.push(schedule.take())) expect(schedule.nextAtUs).toBe(7);
  expect(order).toEqual(Array.from({ length: 12 }, (_, client) => client));
});

describe('stages', () => {
  const stages = [
    { ratePerServer: 2, seconds: 2 },
    { ratePerServer: [2, 6] as [number, number], seconds: 2 },
    { ratePerServer: 10, seconds: 1 },
  ];

  it('are steps and ramps one after the other', () => {
    const starts = ofServer(startsMs({ stages, clientsPerServer: 22 }), 1);
    expect(starts.slice(0, 5)).toEqual([0, 500, 1_000, 1_500, 2_000]);
    // The first half of the ramp brings three: 2·1 + 2·1²/2.
    expect(starts[7]).toBeCloseTo(3_000, 2);
    expect(starts[12]).toBeCloseTo(4_000, 2);
    expect(starts[21]).toBeCloseTo(4_900, 2);
  });

  it('give the mean rate of a Poisson process', () => {
    const rising = [{ ratePerServer: [100, 300] as [number, number], seconds: 100 }];
    const request = { arrival: 'poisson', stages: rising, clientsPerServer: 20_000 } as const;
    const half = ofServer(startsMs(request), 0).filter((ms) => ms < 50_000).length;
    // A rate of 100 that rises to 200 in 50 s brings 7,500, with a deviation of 87.
    expect(half).toBeGreaterThan(7_100);
    expect(half).toBeLessThan(7_900);
  });
});
