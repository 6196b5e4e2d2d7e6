import { describe, expect, it } from 'vitest';
import type { Result } from '../results/result.js';
import { compareMeasured } from './compare.js';
import { caseOf, changed, compare, measured, onMachine, PASSING } from './compare.test-support.js';
import { outcomeLook } from './outcome-words.js';
import { DEFAULT_TOLERANCES } from './tolerances.js';

const AUDIT = { acknowledged: 0, rows: [], servers: [], counts: {}, findings: [], omitted: 0 };
const audited = changed((result) => (caseOf(result).audit = AUDIT));
const unaudited = changed((result) => (caseOf(result).audit = null));
const withoutCases = { ...PASSING, cases: [] };
const withoutAttempts = changed((result) => {
  for (const phase of caseOf(result).phases) phase.allAttempts = null;
});
/** As an earlier version wrote it: without figures that were added later. */
const older = changed((result) => {
  delete caseOf(result).declines;
  delete caseOf(result).renewals;
  delete result.audit;
});
const withRenewals = (notKept: number) =>
  changed((result) => (caseOf(result).renewals = { judged: 9, notKept }), audited);
const silent = changed((result) => {
  for (const { firstAttempt } of caseOf(result).phases) firstAttempt.responses = 0;
});

describe('a comparison that could not have found a regression', () => {
  it.each<[string, Result, Result, string]>([
    ['a baseline without a case', PASSING, withoutCases, 'the baseline has no case dhcp4, which the run has'],
    ['a run without a case', withoutCases, PASSING, 'the run has no case dhcp4, which the baseline has'],
    ['a run without an audit', unaudited, audited, 'the run has no audit of dhcp4, which the baseline has'],
    ['a baseline without one', audited, unaudited, 'the baseline has no audit of dhcp4, which the run has'],
    [
      'a run without counts of all attempts',
      withoutAttempts,
      PASSING,
      'the run has no count of all attempts of dhcp4 REQUEST-ACK, which the baseline has',
    ],
    [
      'a baseline without them',
      PASSING,
      withoutAttempts,
      'the baseline has no count of all attempts of dhcp4 REQUEST-ACK, which the run has',
    ],
    [
      'a run without the reproduction',
      { ...PASSING, reproduction: null },
      PASSING,
      'the run has no reproduction, which the baseline has',
    ],
    [
      'a run without a count',
      older,
      withRenewals(0),
      'the run has no renewals.notKept of dhcp4, which the baseline has',
    ],
    [
      'a violation that only the run counts',
      withRenewals(2),
      { ...older, cases: audited.cases.map((one) => ({ ...one, renewals: undefined })) },
      'the baseline has no dhcp4 renewals.notKept, of which the run has 2',
    ],
    ['nobody was answered', silent, silent, 'no client was answered, neither now nor then'],
  ])('can not be told: %s', (_, run, baseline, reason) => {
    const compared = compare(run, baseline);
    expect(compared).toMatchObject({ outcome: 'not-comparable', regressions: [] });
    expect(compared.reasons).toContain(reason);
  });

  it('is that of a run with itself, or with the baseline that was made of it', () => {
    const of = (run: Result[], baseline: Result[]) =>
      compareMeasured(measured(...run), measured(...baseline), DEFAULT_TOLERANCES);
    const other = { ...PASSING, startedAt: '2022-11-22T01:02:03.000Z' };
    expect(of([PASSING], [PASSING])).toMatchObject({
      outcome: 'not-comparable',
      reasons: ['the run and the baseline are the same run'],
    });
    expect(of([PASSING], [other, PASSING]).reasons).toEqual(['the baseline was made of the same run']);
    expect(of([PASSING, other], [PASSING]).reasons).toEqual(['1 of 2 runs are in the baseline too']);
    expect(of([PASSING], [other])).toMatchObject({ outcome: 'no-regression', reasons: [] });
  });

  it('is none where an earlier version did not count what this one does, and nothing of it was found', () => {
    const newer = changed((result) => {
      caseOf(result).renewals = { judged: 9, notKept: 0 };
      caseOf(result).declines = { declined: 1, reused: 0 };
    });
    expect(compare(newer, older)).toMatchObject({ outcome: 'no-regression', reasons: [] });
  });
});

describe('a run that is not as expected, as little as its baseline', () => {
  const failing = changed((result) => {
    caseOf(result).heldConcurrently = 2;
    Object.assign(result, { verdict: 'fail' });
    const [first] = result.checks;
    if (first) result.checks.push({ ...first, name: 'run.deaths', actual: 'node-2', verdict: 'fail' });
  });

  it('is no regression, but amber, with the reason', () => {
    const compared = compare(failing, failing);
    expect(compared).toMatchObject({ outcome: 'no-regression', notAsExpected: true, regressions: [] });
    expect(compared.reasons.join()).toContain('node-2');
    expect(outcomeLook(compared)).toBe('inconclusive');
  });

  it('is so too where it does not show the expected figures', () => {
    const off = changed((result) => {
      result.reproduction = { verdict: 'not reproduced', reason: 'duplicates', figures: [], premises: [] };
    });
    expect(compare(off, off)).toMatchObject({ outcome: 'no-regression', notAsExpected: true });
  });

  it('is green again where it passes, and where a control fails as it should', () => {
    expect(compare(PASSING, failing)).toMatchObject({ outcome: 'no-regression', notAsExpected: false });
    const control = changed((result) => Object.assign(result, { expectedVerdict: 'fail' }), failing);
    expect(outcomeLook(compare(control, control))).toBe('pass');
  });

  it('can not tell where it is not whole, even if it fails, or is a control that holds', () => {
    const cut = (from: Result) =>
      changed((result) => {
        const [first] = result.checks;
        if (first) result.checks.push({ ...first, name: 'source.complete', verdict: 'inconclusive' });
      }, from);
    const control = changed((result) => Object.assign(result, { expectedVerdict: 'fail' }), failing);
    for (const run of [failing, control])
      expect(compare(cut(run), run)).toMatchObject({
        outcome: 'not-comparable',
        verdict: { word: 'not-compared' },
      });
  });

  it('keeps the reason of a busy machine beside it', () => {
    const { reasons } = compare(onMachine({ usedUpPercent: 90 }, failing), failing);
    expect(reasons).toHaveLength(2);
  });
});
