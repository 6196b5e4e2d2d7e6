import { describe, expect, it } from 'vitest';
import { PLAIN } from '../terminal/style.js';
import { groupsOf } from './groups.js';
import { trendSchema } from './trend-schema.js';
import { trendLines } from './text.js';
import { foundRun, runWithout } from './trend.test-support.js';

const named = (groups: ReturnType<typeof groupsOf>) =>
  groups.map(({ scenario, settings, runs }) => [scenario, settings, runs.length]);

describe('the runs of a history', () => {
  it('are grouped by scenario and settings, in the order of time', () => {
    const groups = groupsOf([
      foundRun({ day: 3 }),
      foundRun({ day: 1 }),
      foundRun({ day: 2, scenario: 'another' }),
    ]);
    expect(named(groups)).toEqual([
      ['another', '', 1],
      ['galera', '', 2],
    ]);
    expect(groups[1]?.runs.map(({ startedAt }) => startedAt.slice(0, 10))).toEqual([
      '2026-01-01',
      '2026-01-03',
    ]);
    expect(trendSchema.shape.groups.parse(groups)).toEqual(groups);
  });

  it('are not grouped with quick runs, or with runs of another requested version of Kea or of the database', () => {
    const quick = { load: { ratePerServer: 10 } };
    expect(
      named(groupsOf([foundRun({ day: 1 }), foundRun({ day: 2, quick: true, effective: quick })])),
    ).toEqual([
      ['galera', 'in full', 1],
      ['galera', '--quick', 1],
    ]);
    const versions = ['2.2', '2.6', '2.2'].map((version, day) =>
      foundRun({ day: day + 1, effective: { kea: { version } } }),
    );
    expect(named(groupsOf(versions))).toEqual([
      ['galera', 'kea.version 2.2', 2],
      ['galera', 'kea.version 2.6', 1],
    ]);
    const installed = [foundRun({ day: 3 }), foundRun({ day: 4, kea: '2.6.3' })];
    expect(named(groupsOf([...versions.slice(0, 1), ...installed]))).toEqual([
      ['galera', 'kea.version 2.2', 1],
      ['galera', 'kea.version the installed one (2.6.3)', 2],
    ]);
    const databases = ['10.11', '11.8'].map((version, day) =>
      foundRun({ day: day + 1, effective: { cluster: { version } } }),
    );
    expect(named(groupsOf(databases))).toEqual([
      ['galera', 'cluster.version 10.11', 1],
      ['galera', 'cluster.version 11.8', 1],
    ]);
  });

  it('have distinct names even if too many settings differ to name them all', () => {
    const runs = [1, 2, 3].map((day) => {
      const settings = { a: 1, b: 1, c: 1, d: 1, e: day };
      const effective = day === 1 ? {} : { load: settings };
      return foundRun({ day, effective });
    });
    const names = groupsOf(runs).map(({ settings }) => settings);
    expect(names).toHaveLength(3);
    expect(new Set(names).size).toBe(3);
    expect(names[2]).toBe(`${names[1]} (2)`);
  });

  it('are grouped together whatever their seeds, reports, checks and stated defaults', () => {
    const effective = { seed: 9, reports: ['html'], checks: ['clientsWithLease >= 1%'], load: undefined };
    expect(named(groupsOf([foundRun({ day: 1 }), foundRun({ day: 2, effective })]))).toEqual([
      ['galera', '', 2],
    ]);
  });

  it('show where a version changed, and which checks do not hold', () => {
    const [group] = groupsOf([
      foundRun({ day: 1 }),
      foundRun({ day: 2, kea: '2.6.3', verdict: 'fail' }),
      foundRun({ day: 3, kea: '2.6.3' }),
    ]);
    expect(group?.runs.map(({ changes }) => changes)).toEqual([[], ['Kea 2.2.0 → 2.6.3'], []]);
    expect(group?.runs[1]?.why).toBe('run.interrupted');
  });

  it('name a broken check once, with all its places', () => {
    const run = foundRun({ day: 1, verdict: 'fail' });
    const check = { name: 'conformance.heldConcurrently', phase: 'REQUEST-ACK', verdict: 'fail' } as const;
    const whyWith = (...cases: string[]) => {
      const checks = cases.map((one) => ({ ...check, case: one }));
      const result = run.result === undefined ? undefined : { ...run.result, checks };
      return groupsOf([{ ...run, result }])[0]?.runs[0]?.why;
    };
    expect(whyWith('a', 'b')).toBe('conformance.heldConcurrently (a REQUEST-ACK, b REQUEST-ACK)');
    expect(whyWith('a', 'b', 'c', 'd')).toMatch(
      /\(a REQUEST-ACK, b REQUEST-ACK, c REQUEST-ACK\), and 1 more$/,
    );
  });

  it('have the figures of each case', () => {
    const [group] = groupsOf([foundRun({ day: 1 })]);
    expect(group?.runs[0]?.figures).toMatchObject([
      {
        line: 'dhcp4',
        offeredDuplicatePercent: 33.43,
        offeredAppearancePercent: 99.17,
        committedDuplicates: 0,
        heldByTwo: 0,
        refused: 0,
        p50Ms: 1,
        p99Ms: 1,
        startsPerSecond: expect.any(Number) as number,
      },
    ]);
  });
});

describe('a series is red', () => {
  const verdicts = (...all: ('pass' | 'fail' | 'inconclusive')[]) =>
    groupsOf(all.map((verdict, index) => foundRun({ day: index + 1, verdict })))[0]?.redSince;

  it('since the first red run after the last good one', () => {
    expect(verdicts('pass', 'fail', 'pass')).toBeNull();
    expect(verdicts('fail', 'pass', 'fail', 'fail')).toBe(2);
    expect(verdicts('fail')).toBe(0);
  });

  it("and a run that can't tell neither begins nor ends that", () => {
    expect(verdicts('pass', 'inconclusive')).toBeNull();
    expect(verdicts('pass', 'inconclusive', 'fail', 'inconclusive')).toBe(2);
  });

  it('since a run that is not reproduced, not since one that is not comparable', () => {
    const row = (name: string, verdict: 'pass' | 'fail' | 'inconclusive') => ({
      ...{ name, case: 'dhcp4', phase: '', expected: '', actual: '', verdict },
    });
    const [group] = groupsOf([
      foundRun({ day: 1 }),
      foundRun({
        day: 2,
        reproduction: {
          ...{ verdict: "can't tell", reason: '', figures: [row('figure', 'inconclusive')] },
          premises: [row('premise.drops', 'pass'), row('premise.cpu', 'inconclusive')],
        },
      }),
      foundRun({
        day: 3,
        reproduction: {
          ...{ verdict: 'not reproduced', reason: '', premises: [] },
          figures: [row('kept', 'pass'), row('outside', 'fail')],
        },
      }),
    ]);
    expect(group?.redSince).toBe(2);
    expect(
      group?.runs.map(({ verdict, reproduction, outcome, why }) => [verdict, reproduction, outcome, why]),
    ).toEqual([
      ['pass', null, 'pass', ''],
      ['pass', "can't tell", 'not comparable', 'premise.cpu (dhcp4)'],
      ['pass', 'not reproduced', 'not reproduced', 'outside (dhcp4)'],
    ]);
  });

  it('since a negative control that finds nothing, not since one that holds', () => {
    const control = (verdict: 'pass' | 'fail') =>
      groupsOf([foundRun({ day: 1, verdict, expected: 'fail' })])[0];
    expect(control('fail')?.redSince).toBeNull();
    expect(control('pass')?.redSince).toBe(0);
  });

  it('since a run that could not be made, which joins the series before or after it', () => {
    for (const missing of [1, 3]) {
      const groups = groupsOf([runWithout({ day: missing }, 'could not be run'), foundRun({ day: 2 })]);
      expect(groups).toHaveLength(1);
      expect(groups[0]?.redSince).toBe(missing === 3 ? 1 : null);
    }
    expect(groupsOf([runWithout({ day: 1 }, 'skipped')])[0]?.redSince).toBeNull();
  });
});

it('a series has lapsed if its last run is over a week older than the newest run', () => {
  const runs = (last: number) => [
    foundRun({ day: 1, scenario: 'tried', verdict: 'fail' }),
    foundRun({ day: 1 }),
    foundRun({ day: last }),
  ];
  const lapsed = (last: number) => groupsOf(runs(last)).map(({ scenario, lapsed: is }) => [scenario, is]);
  expect(lapsed(8)).toEqual([
    ['galera', false],
    ['tried', false],
  ]);
  expect(lapsed(9)).toEqual([
    ['galera', false],
    ['tried', true],
  ]);
  const groups = groupsOf(runs(9));
  expect(trendLines({ schemaVersion: 1, searchedRates: 0, groups, passedOver: [] }, PLAIN)[1]).toMatch(
    /^tried +fail +1 run, not run since 2026-01-01 03:00 {2}red since/,
  );
});

it('the terminal shows how the last run of each series ended, and since when it is red', () => {
  const groups = groupsOf([
    foundRun({ day: 1 }),
    foundRun({ day: 2, verdict: 'fail' }),
    foundRun({ day: 1, scenario: 'b' }),
  ]);
  const passedOver = Array.from({ length: 7 }, (_, i) => ({ path: `/p${i}`, why: 'damaged' }));
  expect(trendLines({ schemaVersion: 1, searchedRates: 0, groups, passedOver }, PLAIN)).toEqual([
    expect.stringMatching(/^b {7}pass {14}1 run, last 2026-01-01 03:00$/),
    expect.stringMatching(
      /^galera {2}fail {14}2 runs, last 2026-01-02 03:00 {2}red since 2026-01-02 03:00 \(\/reports/,
    ),
    ...passedOver.slice(0, 5).map(({ path }) => `skipped ${path}: damaged`),
    'and 2 more, which the page names',
  ]);
  expect(trendLines({ schemaVersion: 1, searchedRates: 0, groups: [], passedOver: [] }, PLAIN)).toEqual([
    'No run was found.',
  ]);
});
