import { describe, expect, it } from 'vitest';
import { EXIT } from '../../errors.js';
import { meaningOf, OUTCOMES } from '../../results/run-outcome.js';
import { outcomeAndCode, type Judged } from './outcome.js';

function judged(
  expectedVerdict: Judged['expectedVerdict'],
  verdict: Judged['verdict'],
  reproduction: NonNullable<Judged['reproduction']>['verdict'] | null = null,
): Judged {
  return {
    expectedVerdict,
    verdict,
    reproduction: reproduction && { verdict: reproduction },
    checks: [],
    scenario: { effective: {} },
  };
}

describe('the outcome of both halves of a verdict', () => {
  it.each([
    ['pass', null, 'pass', 0],
    ['pass', 'reproduced', 'pass', 0],
    ['pass', 'not reproduced', 'not reproduced', 4],
    ['pass', "can't tell", 'not comparable', 2],
    ['fail', 'reproduced', 'fail', 1],
    ['fail', 'not reproduced', 'fail', 1],
    ['fail', "can't tell", 'fail', 1],
    ['inconclusive', 'reproduced', 'inconclusive', 2],
    ['inconclusive', 'not reproduced', 'inconclusive', 2],
  ] as const)('conformance %s, reproduction %s: %s, exit %d', (verdict, reproduction, outcome, exitCode) => {
    expect(outcomeAndCode(judged('pass', verdict, reproduction))).toEqual({ outcome, exitCode });
  });

  it.each([
    ['fail', 'control held', 0],
    ['pass', 'control not held', 1],
    ['inconclusive', 'inconclusive', 2],
  ] as const)('of a negative control, conformance %s: %s, exit %d', (verdict, outcome, exitCode) => {
    for (const reproduction of [null, 'not reproduced', "can't tell"] as const)
      expect(outcomeAndCode(judged('fail', verdict, reproduction))).toEqual({ outcome, exitCode });
  });

  it("of a negative control of which parts are missing: can't tell, unless it fails where it should not", () => {
    const lack = { name: 'source.complete', verdict: 'inconclusive' } as const;
    const control = { ...judged('fail', 'fail'), checks: [lack] };
    expect(outcomeAndCode(control)).toEqual({ outcome: 'inconclusive', exitCode: 2 });
    const died = {
      checks: [lack, { name: 'run.deaths', verdict: 'fail' } as const],
      scenario: { effective: { expectedFailures: ['conformance.heldConcurrently'] } },
    };
    expect(outcomeAndCode({ ...control, ...died })).toEqual({ outcome: 'fail', exitCode: 1 });
  });

  it.each([
    [EXIT.interrupted, 'interrupted'],
    [EXIT.terminated, 'interrupted'],
    [EXIT.prerequisite, 'could not be run'],
  ] as const)('ended before its time with %d: %s', (exitCode, outcome) => {
    expect(outcomeAndCode(judged('pass', 'inconclusive'), exitCode)).toEqual({ outcome, exitCode });
  });

  it('is red only if it counts against the servers, or if the run could not be made', () => {
    const red = OUTCOMES.filter((outcome) => meaningOf(outcome).light === 'red');
    expect(red).toEqual(['fail', 'not reproduced', 'control not held', 'could not be run']);
  });
});
