import { describe, expect, it } from 'vitest';
import { exchangeFigures } from '../judgement/checks/exchanges.js';
import { planLoad } from '../load/plan-load.js';
import { scenarioSchema } from '../scenario/schema.js';
import { exchangesSchema } from '../results/exchanges.js';
import { rounded } from '../results/registry/mapped.js';
import type { Result } from '../results/result.js';
import { caseOf, changed, compare, PASSING, withRate, wordOf } from './compare.test-support.js';

const servers = 2;

/** A result whose load took exactly the planned time, or `slowness` times as long. */
function runOf(load: object, seed: number, slowness = 1): Result {
  const scenario = scenarioSchema.parse({ name: 'x', description: 'x', checks: [], load });
  const { offered } = planLoad({ cases: ['dhcp4'], load: scenario.load, seed, servers });
  const [planned] = offered;
  if (planned === undefined) throw new Error('nothing was planned');
  const durationUs = planned.plannedDurationUs * slowness;
  const schedule = {
    starts: planned.plannedStarts,
    firstStartUs: 0,
    durationUs,
    latenessP99Ms: 0,
    latenessMs: { p50: 0, p90: 0, p99: 0, p999: 0, max: 0 },
  };
  const ends = { started: schedule.starts, restarts: 0, refused: 0, withoutTimelyAnswer: 0, unheard: 0 };
  const input = {
    name: 'dhcp4',
    family: 4 as const,
    servers,
    schedule,
    transactions: 0,
    ends,
    refusedSilently: 0,
  };
  const figures = exchangeFigures(input, scenario.load, offered, scenario.limits);
  return changed((result) => {
    Object.assign(caseOf(result), { exchanges: rounded(exchangesSchema, figures), schedule });
  });
}

describe('the rate', () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

  it.each(['aligned', 'poisson', 'burst', 'avalanche'])(
    'of %s starts is not worse with another seed',
    (arrival) => {
      const all = seeds.map((seed) => runOf({ arrival, ratePerServer: 20, clientsPerServer: 60 }, seed));
      const regressions = all.flatMap((one) => all.flatMap((other) => compare(one, other).regressions));
      expect(regressions).toEqual([]);
    },
  );

  it('of random starts is worse if they took longer than planned', () => {
    const load = { arrival: 'poisson', ratePerServer: 20, clientsPerServer: 60 };
    expect(compare(runOf(load, 2, 1.5), runOf(load, 1)).regressions).toEqual([
      expect.stringMatching(
        /^dhcp4 rate achieved 100 → 6\d(\.\d)?% \(-3\d(\.\d)? points, allowed -5 points\)$/,
      ),
    ]);
  });

  it('of an avalanche, or without a planned rate, is not compared', () => {
    const avalanche = { arrival: 'avalanche', clientsPerServer: 60 };
    expect(wordOf(compare(runOf(avalanche, 1), runOf(avalanche, 2)), 'rate')).toBe('not-compared');
    expect(wordOf(compare(withRate(PASSING, null), PASSING), 'rate')).toBe('not-compared');
  });
});

describe('clients with a lease at the end', () => {
  const holding = (clientsWithLease: number, life?: object) =>
    changed((result) => {
      result.scenario.effective['load'] = { life };
      caseOf(result).clientsWithLease = clientsWithLease;
    });
  const figuresOf = (life?: object) =>
    compare(holding(300, life), holding(357, life)).figures.map(({ figure }) => figure);

  it('are compared if clients keep their leases, not if they give them back at random', () => {
    expect(wordOf(compare(holding(300), holding(357)), 'clientsWithLease')).toBe('regression');
    expect(figuresOf({ seconds: 9, renewPerServer: 5 })).toContain('clientsWithLease');
    for (const act of ['releasePerServer', 'declinePerServer', 'leavePerServer'])
      expect(figuresOf({ seconds: 9, [act]: 5 })).not.toContain('clientsWithLease');
  });
});
