import { describe, expect, it } from 'vitest';
import { caseOf, changed, compare, PASSING, wordOf, onMachine } from './compare.test-support.js';
import { tolerancesSchema } from './tolerances.js';

const slower = (p99: number) =>
  changed((_, __, second) => {
    second.latencyMs = { p50: 3, p90: 5, p99, max: p99, answered: 356, timeouts: 0 };
  });
const inconclusive = changed((result) => {
  Object.assign(result, { verdict: 'inconclusive', exitCode: 2 });
  caseOf(result).heldConcurrently = 1;
  for (const phase of caseOf(result).phases) phase.firstAttempt.duplicatePercent = 3;
});
const failed = changed((result) => {
  Object.assign(result, { verdict: 'fail', exitCode: 1 });
  result.checks.push({
    name: 'run.deaths',
    case: '',
    phase: '',
    expected: 'none',
    actual: 'node-2',
    verdict: 'fail',
  });
});

describe('a run compared with its baseline', () => {
  it('is no regression if it is the same, and every figure is compared', () => {
    const { outcome, figures, regressions } = compare(PASSING, PASSING);
    expect({ outcome, regressions }).toEqual({ outcome: 'no-regression', regressions: [] });
    expect(figures.filter(({ run, word }) => run !== null && word !== 'within')).toEqual([]);
    expect(figures.filter(({ run }) => run !== null).map(({ figure }) => figure)).toEqual(
      expect.arrayContaining(['heldConcurrently', 'rate', 'duplicatePercent', 'answered', 'latency.p99']),
    );
  });

  it('describes a regression by both values, the change and the allowed change', () => {
    const { outcome, regressions } = compare(
      slower(48.3),
      slower(12.1),
      tolerancesSchema.parse({ latency: { p99: { ms: 5 } } }),
    );
    expect(outcome).toBe('regression');
    expect(regressions).toEqual(['dhcp4 REQUEST-ACK latency p99 12.1 → 48.3 ms (+299%, allowed +50%)']);
  });

  it.each([
    ['three times a fraction of a millisecond', 0.9, 0.3, 'within'],
    ['more than the floor and the share', 130, 60, 'regression'],
    ['more than the floor, less than the share', 85, 60, 'within'],
    ['as much faster', 60, 130, 'better'],
  ])('latency: %s', (_, run, baseline, word) => {
    expect(wordOf(compare(slower(run), slower(baseline)), 'latency.p99', 'REQUEST-ACK')).toBe(word);
  });

  it.each([
    [30.5, 'within'],
    [30.2, 'regression'],
    [40, 'regression'],
  ])('first-phase duplicates of %d%% beside 33.43%%: %s, either way', (percent, word) => {
    const other = changed((_, first) => (first.firstAttempt.duplicatePercent = percent));
    expect(wordOf(compare(other, PASSING), 'duplicatePercent')).toBe(word);
    expect(wordOf(compare(PASSING, other), 'duplicatePercent')).toBe(word);
  });

  it('is a regression with one more violation, and better with one less', () => {
    const held = changed((result) => (caseOf(result).heldConcurrently = 1));
    const compared = compare(held, PASSING);
    expect(compared.regressions).toEqual(['dhcp4 held by two at once 0 → 1 (+1, allowed none)']);
    expect(wordOf(compare(PASSING, held), 'heldConcurrently')).toBe('better');
  });

  it('is a regression with an audit finding of a new kind', () => {
    const audit = { acknowledged: 0, rows: [], servers: [], counts: {}, findings: [], omitted: 0 };
    const clean = changed((result) => (caseOf(result).audit = audit));
    const stray = changed((result) => (caseOf(result).audit = { ...audit, counts: { untold: 2 } }));
    expect(compare(stray, clean).regressions).toEqual(['dhcp4 audit: untold 0 → 2 (+2, allowed none)']);
  });

  it('is a regression with second-phase duplicates, unless leases end during the run', () => {
    const twice = (kea: object) =>
      changed((result, _, second) => {
        Object.assign(result.scenario.effective, { kea });
        Object.assign(second.allAttempts ?? {}, { duplicateLeases: 1 });
      });
    const none = (kea: object) => changed(({ scenario }) => Object.assign(scenario.effective, { kea }));
    expect(compare(twice({}), none({})).regressions).toEqual([
      'dhcp4 REQUEST-ACK duplicate leases, all attempts 0 → 1 (+1, allowed none)',
    ]);
    const short = { validLifetime: 5 };
    expect(compare(twice(short), none(short)).regressions).toEqual([]);
  });

  it('is a regression if only the run fails, which names the verdict and the check first', () => {
    const { outcome, regressions, verdict } = compare(failed, PASSING);
    expect(outcome).toBe('regression');
    expect(verdict).toMatchObject({ run: 'fail', baseline: 'pass', word: 'regression' });
    expect(regressions[0]).toBe('verdict pass → fail (run.deaths: expected none; found node-2)');
    expect(compare(PASSING, failed)).toMatchObject({ outcome: 'no-regression', verdict: { word: 'better' } });
  });

  it("is neither better nor worse if the run or the baseline can't tell", () => {
    const open = { ...inconclusive, cases: PASSING.cases };
    expect(compare(open, failed)).toMatchObject({
      outcome: 'not-comparable',
      verdict: { word: 'not-compared' },
    });
    const red = compare(failed, open);
    expect(red).toMatchObject({ outcome: 'not-comparable', verdict: { run: 'fail', word: 'not-compared' } });
    expect(red.reasons.at(-1)).toBe('the run is not as expected: run.deaths: expected none; found node-2');
  });

  it('is a regression if a negative control finds a new kind of violation, not if it finds more of the intended one', () => {
    const control = (held: number, overlapping: number) =>
      changed((result) => {
        Object.assign(result, { verdict: 'fail', exitCode: 1, expectedVerdict: 'fail' });
        Object.assign(caseOf(result), { heldConcurrently: held, overlappingLeases: overlapping });
      });
    expect(compare(control(120, 0), control(119, 0)).outcome).toBe('no-regression');
    expect(compare(control(119, 1), control(119, 0)).regressions).toEqual([
      "dhcp4 leases inside another client's prefix 0 → 1 (+1, allowed none)",
    ]);
  });

  it('is a regression with reused declined leases, and with leases lost by renewals', () => {
    const of = (reused: number, notKept: number) =>
      changed((result) => {
        caseOf(result).declines = { declined: 9, reused };
        caseOf(result).renewals = { judged: 9, notKept };
      });
    expect(compare(of(1, 2), of(0, 1)).regressions).toEqual([
      'dhcp4 given again in probation 0 → 1 (+1, allowed none)',
      'dhcp4 renewals that cost the lease 1 → 2 (+1, allowed none)',
    ]);
  });

  it('is a regression if a negative control finds nothing any more', () => {
    const control = (result: typeof PASSING) =>
      changed((one) => Object.assign(one, { expectedVerdict: 'fail' }), result);
    expect(compare(control(failed), control(failed)).outcome).toBe('no-regression');
    expect(compare(control(PASSING), control(failed)).regressions).toEqual([
      'verdict fail → pass (the negative control galera passed)',
    ]);
  });

  it("is not comparable if it can't tell, except for violations", () => {
    const { outcome, regressions, reasons } = compare(inconclusive, PASSING);
    expect(outcome).toBe('regression');
    expect(regressions).toEqual(['dhcp4 held by two at once 0 → 1 (+1, allowed none)']);
    expect(reasons[0]).toContain("the run can't be compared: galera: this run can't tell");
    expect(compare(inconclusive, inconclusive)).toMatchObject({ outcome: 'not-comparable', regressions: [] });
    const interrupted = { ...PASSING, outcome: 'interrupted' as const, exitCode: 130 };
    expect(compare(interrupted, PASSING)).toMatchObject({
      outcome: 'not-comparable',
      reasons: ["the run can't be compared: it ended early"],
    });
  });
});

describe('a change that a busy machine explains', () => {
  const on = onMachine;
  const without = (premise: string, from = PASSING) =>
    changed((result) => {
      const broken = { name: premise, case: '', phase: '', expected: '', actual: 'it was late' };
      const premises = [{ ...broken, verdict: 'inconclusive' as const }];
      result.reproduction = { verdict: "can't tell", reason: 'so', figures: [], premises };
    }, from);
  const late = slower(500);
  const held = changed((result) => (caseOf(result).heldConcurrently = 1), late);

  it.each([
    ['others used a part of it', on({ otherPercent: 30 }, late), PASSING, 'other programs used 30%'],
    ['the host withheld a part', on({ stolenPercent: 12 }, late), PASSING, 'withheld 12%'],
    ['none was left', on({ usedUpPercent: 40 }, late), PASSING, 'of 2 CPUs'],
    ['so it was in the baseline', late, on({ otherPercent: 30 }), 'of the baseline, as other programs'],
    ['a premise was not kept', without('premise.starts', late), PASSING, 'it was late'],
  ])('is no regression, and is named in one sentence: %s', (_, run, baseline, said) => {
    const compared = compare(run, baseline);
    expect(compared).toMatchObject({ outcome: 'no-regression', regressions: [] });
    expect(compared.reasons).toHaveLength(1);
    expect(compared.reasons[0]).toContain(said);
    const others = compared.figures.filter(({ unit }) => unit !== 'count');
    expect(new Set(others.map(({ word }) => word))).toEqual(new Set(['not-compared']));
    expect(wordOf(compared, 'heldConcurrently')).toBe('within');
  });

  it('has no count of an audit beside a journal that was cut, as such rows only seem untold', () => {
    const audit = (untold: number) => ({
      ...{ acknowledged: 0, rows: [], servers: [], findings: [], omitted: 0, counts: { untold } },
    });
    const untold = changed((result) => (caseOf(result).audit = audit(204)));
    const whole = changed((result) => (caseOf(result).audit = audit(0)));
    expect(compare(untold, whole)).toMatchObject({ outcome: 'regression' });
    const cut = changed((result) => {
      const [first] = result.checks;
      if (first)
        result.checks = [{ ...first, name: 'source.complete', verdict: 'inconclusive' }, ...result.checks];
      result.verdict = 'inconclusive';
    }, untold);
    expect(compare(cut, whole)).toMatchObject({ outcome: 'not-comparable', regressions: [] });
  });

  it('excludes violations and failures', () => {
    expect(compare(on({ usedUpPercent: 90 }, held), PASSING).regressions).toEqual([
      'dhcp4 held by two at once 0 → 1 (+1, allowed none)',
    ]);
    expect(compare(on({ usedUpPercent: 90 }, failed), PASSING).verdict.word).toBe('regression');
  });

  it('excludes every change on an idle machine, also in another experiment than the published one', () => {
    expect(compare(on({}, late), on({})).outcome).toBe('regression');
    const other = (from = PASSING) => without('premise.topology', from);
    expect(compare(other(), other())).toMatchObject({ outcome: 'no-regression', reasons: [] });
    expect(wordOf(compare(other(late), other()), 'latency.p99', 'REQUEST-ACK')).toBe('regression');
  });
});

describe('the figures that an experiment is expected to show', () => {
  const showing = (verdict: 'reproduced' | 'not reproduced' | "can't tell") =>
    changed((result) => {
      result.reproduction = { verdict, reason: 'duplicates are 12%', figures: [], premises: [] };
    });

  it('are a regression if they are no longer shown although the premises were kept', () => {
    const { outcome, regressions, verdict } = compare(showing('not reproduced'), showing('reproduced'));
    expect({ outcome, regressions }).toEqual({
      outcome: 'regression',
      regressions: ['reproduction reproduced → not reproduced (duplicates are 12%)'],
    });
    expect(verdict.word).toBe('within');
  });

  it.each([
    ["can't tell", 'reproduced', 'not-compared'],
    ['not reproduced', "can't tell", 'not-compared'],
    ['not reproduced', 'not reproduced', 'within'],
    ['reproduced', 'not reproduced', 'better'],
  ] as const)('are none: %s beside %s', (run, baseline, word) => {
    const compared = compare(showing(run), showing(baseline));
    expect([compared.outcome, compared.reproduction?.word]).toEqual(['no-regression', word]);
  });

  it('do not hide a failure of conformance', () => {
    expect(compare(failed, showing('not reproduced')).regressions[0]).toMatch(/^verdict pass → fail/);
  });
});

describe('several repetitions of a run', () => {
  const baseline = [20, 30, 90].map(slower);

  it("compare by their medians, and a value within the baseline's spread is no regression", () => {
    expect(wordOf(compare(slower(89), baseline), 'latency.p99', 'REQUEST-ACK')).toBe('within');
    expect(wordOf(compare([80, 88, 200].map(slower), baseline), 'latency.p99', 'REQUEST-ACK')).toBe('within');
    const { regressions } = compare([80, 95, 200].map(slower), baseline);
    expect(regressions).toEqual([
      'dhcp4 REQUEST-ACK latency p99 30.0 → 95.0 ms (+217%, allowed +20.0 ms; medians, the baseline from 20.0 ms to 90.0 ms)',
    ]);
  });

  it('compare by the largest count of violations, and fail if one run failed', () => {
    const held = changed((result) => (caseOf(result).heldConcurrently = 1));
    expect(compare([PASSING, held, PASSING], [PASSING, PASSING]).regressions).toHaveLength(1);
    expect(compare([PASSING, failed], [PASSING, PASSING]).verdict).toMatchObject({
      run: '1 pass, 1 fail',
      word: 'regression',
    });
  });

  it("leave out the runs that can't tell", () => {
    const { outcome, reasons } = compare([PASSING, { ...inconclusive, cases: PASSING.cases }], PASSING);
    expect(outcome).toBe('no-regression');
    expect(reasons[0]).toContain("1 of the 2 runs of the run can't be compared");
  });
});
