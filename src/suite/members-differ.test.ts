import { describe, expect, it } from 'vitest';
import { dhcp4AsPublished, resultOf } from '../report/report.test-support.js';
import type { Suite } from '../report/suite-result.js';
import type { Result } from '../results/result.js';
import type { Outcome } from '../results/run-outcome.js';
import { suiteLook, type SuiteMember } from './headline.js';
import { suitePage } from './html/suite-page.js';
import { suiteJunit } from './junit.js';
import { suiteMarkdown } from './markdown.js';
import { asFound, othersSentence, whyOther } from './members-differ.js';
import { controlResult, memberOf, suiteOfMembers } from './suite.test-support.js';

const result = resultOf([dhcp4AsPublished()]);
const good = { ...result, verdict: 'pass', outcome: 'pass', exitCode: 0 } as const;
const failing = { ...good, verdict: 'fail', outcome: 'fail', exitCode: 1 } as const;
const cut = { ...good, verdict: 'inconclusive', outcome: 'inconclusive', exitCode: 2 } as const;
const stranger = { ...good, scenario: { ...good.scenario, name: 'other' } };
const atRate = (offeredPerServer: number | null): Result => ({
  ...good,
  cases: good.cases.map((one) => ({
    ...one,
    exchanges: one.exchanges == null ? one.exchanges : { ...one.exchanges, offeredPerServer },
  })),
});

const trial = { ratePerServer: 50, outcome: 'held', withoutTimelyAnswerPercent: 0, why: '' } as const;
const limit = {
  ...{ cases: ['dhcp4'], serversPerCase: 3, arrival: 'poisson', seconds: 5, answer: [] },
  ...{ maxWithoutTimelyAnswerPercent: 2.5, highestPerServer: 50, nextPerServer: null },
};
interface Told {
  told?: Result;
  rate?: number;
  outcome?: Outcome;
}

/** A suite that was told of a run, where another result stands in its directory now. */
function found(now: Result, { told = good, rate = 0, outcome }: Told = {}) {
  const member = memberOf(told, 'one');
  const run = { ...member.run, outcome: outcome ?? told.outcome };
  const trials = [{ ...trial, run: 'one', ratePerServer: rate, short: [], violations: [] }];
  const suite: Suite = {
    ...suiteOfMembers([{ ...member, run }]),
    ...(rate === 0 ? {} : { limits: [{ ...limit, trials }] }),
  };
  const members: SuiteMember[] = [{ ...member, run, result: now, other: whyOther(suite, run, now) }];
  return asFound(suite, members);
}

describe('a suite whose runs are other ones than suite.json tells of', () => {
  it('is as it was where they are the same, also for rates and controls', () => {
    expect(atRate(50).cases[0]?.exchanges?.offeredPerServer).toBe(50);
    for (const same of [
      found(good),
      found(controlResult(), { told: controlResult() }),
      found(cut, { told: cut, outcome: 'not held' }),
      found(atRate(50), { rate: 50 }),
      // Stored rates are rounded.
      found(atRate(47.62), { rate: 47.6190476 }),
      found(atRate(null), { rate: 50 }),
    ]) {
      expect([othersSentence(same.members), same.suite.exitCode]).toEqual([undefined, 0]);
      expect(suiteMarkdown(same.suite, same.members)).not.toContain('suite.json');
    }
  });

  it.each([
    ['a run that was cut', cut, {}, 'inconclusive', 2],
    ['a run that fails', failing, {}, 'fail', 1],
    ['a run of another scenario, even one that passes', stranger, {}, 'inconclusive', 2],
    ['a run at another rate', atRate(10), { rate: 200 }, 'inconclusive', 2],
    ['a run without the case of its rate', { ...good, cases: [] }, { rate: 200 }, 'inconclusive', 2],
  ])('is not green for %s, and names it', (_, now, as, look, exitCode) => {
    const { suite, members } = found(now, as);
    expect([suiteLook(suite), suite.exitCode, suite.runs[0]?.outcome]).toEqual([look, exitCode, look]);
    expect(othersSentence(members)).toContain('one (');
    const page = suitePage(suite, members, 'tool 1');
    expect(page).toContain(`<header class="${look}">`);
    expect(page).toContain(`<p class="busy">${othersSentence(members) ?? ''}</p>`);
    expect(suiteMarkdown(suite, members)).toContain('suite.json');
    const junit = (as: 'skip' | 'fail') =>
      suiteJunit(suite, members, as).match(/name="suite.run"[^]*?<(\w+)/)?.[1];
    expect([junit('skip'), junit('fail')]).toEqual(['skipped', 'failure']);
  });

  it('stays red where it failed, whatever stands there now', () => {
    const { suite } = asFound({ ...suiteOfMembers([memberOf(failing)]), exitCode: 1 }, [
      { ...memberOf(failing), result: good, other: 'pass, not fail' },
    ]);
    expect([suite.exitCode, suiteLook(suite)]).toEqual([1, 'fail']);
  });
});
