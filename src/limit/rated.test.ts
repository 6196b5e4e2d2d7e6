import { describe, expect, it } from 'vitest';
import { dhcp4AsPublished, resultOf } from '../report/report.test-support.js';
import { meaningOf, type Outcome } from '../results/run-outcome.js';
import type { Result } from '../results/result.js';
import { scenarioSchema } from '../scenario/schema.js';
import { RatedRuns } from './rated.js';

const { load } = scenarioSchema.parse({
  name: 'a',
  description: 'a',
  load: { stages: [{ ratePerServer: 5, seconds: 8 }] },
});

interface Made {
  rate: number;
  /** The percentage of exchanges without a timely answer. */
  percent?: number;
  outcome?: Outcome;
  /** A check on leases, or a check that fails on a busy machine. */
  broken?: 'conformance.heldConcurrently' | 'load.lateness';
}

const PASSING = resultOf([dhcp4AsPublished()]);

function at(rated: RatedRuns, { rate, percent = 0, outcome = 'pass', broken }: Made) {
  const cases = PASSING.cases.map((one) => ({
    ...one,
    exchanges: one.exchanges && {
      ...{ ...one.exchanges, offeredPerServer: rate },
      withoutTimelyAnswerPercent: percent,
    },
  }));
  const verdict = broken === 'load.lateness' ? ('inconclusive' as const) : ('fail' as const);
  const check = { case: 'dhcp4', phase: '', expected: '', actual: 'too much', verdict };
  const checks: Result['checks'] = broken === undefined ? [] : [{ ...check, name: broken }];
  const own = { outcome, exitCode: meaningOf(outcome).exitCode ?? 130 };
  return rated.add(String(rate), { ...PASSING, cases, checks, sockets: [] }, load, own).outcome;
}

describe('the runs of a suite that looks for the highest rate', () => {
  it('give the highest rate that held, and a rate that did not hold is no failure', () => {
    const rated = new RatedRuns(2.5);
    expect([
      at(rated, { rate: 10 }),
      at(rated, { rate: 50, percent: 2.5 }),
      at(rated, { rate: 100, percent: 2.6, outcome: 'inconclusive', broken: 'load.lateness' }),
      at(rated, { rate: 200, percent: 60, outcome: 'inconclusive' }),
    ]).toEqual(['pass', 'pass', 'not driven', 'not held']);
    expect(rated.limits).toMatchObject([
      { cases: ['dhcp4'], seconds: 8, highestPerServer: 50, nextPerServer: 100, exceededPerServer: 200 },
    ]);
    expect(rated.limits[0]?.answer[0]).toContain(' is 50 a second on each server');
    expect(rated.rateOf('100')).toBe(100);
  });

  it('hold only where conformance passes', () => {
    const rated = new RatedRuns(2.5);
    at(rated, { rate: 10 });
    const open = { outcome: 'inconclusive', broken: 'load.lateness' } as const;
    expect(at(rated, { rate: 50, ...open })).toBe("can't tell");
    expect(rated.limits[0]).toMatchObject({
      ...{ highestPerServer: 10, nextPerServer: 50, exceededPerServer: null },
    });
    expect(rated.limits[0]?.answer.at(-1)).toBe(
      'So the limit is at least 10 a second, and nothing is known above.',
    );
    expect(rated.limits[0]?.trials[1]?.outcome).toBe("can't tell");
  });

  it('fail if two clients held a lease, whether the rate held or not', () => {
    const violated = { outcome: 'fail', broken: 'conformance.heldConcurrently' } as const;
    const rated = new RatedRuns(2.5);
    expect(at(rated, { rate: 10, percent: 90, ...violated })).toBe('fail');
    expect(at(rated, { rate: 5, ...violated })).toBe('fail');
    expect(rated.limits[0]?.answer.at(-1)).toContain('conformance was violated');
  });

  it('keep the outcome of a run that ended early', () => {
    expect(at(new RatedRuns(2.5), { rate: 10, percent: 90, outcome: 'interrupted' })).toBe('interrupted');
  });
});
