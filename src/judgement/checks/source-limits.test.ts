import { describe, expect, it } from 'vitest';
import type { Phase } from '../../protocol/phases.js';
import type { Check } from '../../results/check.js';
import type { SourceLimits } from './source-limits.js';
import { SyntheticRun, v4 } from '../synthetic.test-support.js';

const SOURCE: SourceLimits = {
  missing: [],
  unmade: new Set(['load.lateness']),
  unseenRequests: false,
  prefixLengths: true,
  times: true,
};
const verdictOf = (checks: readonly Check[], name: string) =>
  checks.find((check) => check.name === name)?.verdict;

/** Answers whose requests nobody captured. */
function answersAlone(phase: Phase, leases: readonly number[]): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients: leases.length });
  for (const [client, lease] of leases.entries()) {
    run.ask(client, phase).give(v4(lease), { transaction: -1, kind: 'unmatched' });
  }
  run.observations.splice(0, Infinity, ...run.observations.filter(({ type }) => type === 'answer'));
  return run;
}

describe('a source without any request', () => {
  it('is judged by its answers', () => {
    const apart = answersAlone('REQUEST-ACK', [1, 2]).judge({ source: SOURCE });
    expect(verdictOf(apart.checks, 'load.answered')).toBeUndefined();
    expect(apart.verdict).toBe('pass');
    const shared = answersAlone('REQUEST-ACK', [1, 1]).judge({ source: SOURCE });
    expect(shared).toMatchObject({ verdict: 'fail', cases: [{ heldConcurrently: 1, verdict: 'fail' }] });
  });

  it('can’t tell if no answer gave a lease either', () => {
    const offers = answersAlone('DISCOVER-OFFER', [1, 2]).judge({ source: SOURCE });
    expect(verdictOf(offers.checks, 'load.answered')).toBeUndefined();
    expect(offers.verdict).toBe('inconclusive');
    const nothing = answersAlone('REQUEST-ACK', []).judge({ source: SOURCE });
    expect(verdictOf(nothing.checks, 'load.committed')).toBe('inconclusive');
    expect(nothing.cases[0]?.verdict).toBe('inconclusive');
  });

  it('is no run of our own, which would have requests', () => {
    const { checks } = answersAlone('REQUEST-ACK', [1, 2]).judge();
    expect(verdictOf(checks, 'load.answered')).toBe('inconclusive');
  });
});

describe('a source that does not tell when leases were held', () => {
  const held = (verdict: Check['verdict'], found: number): Check => ({
    name: 'conformance.heldConcurrently',
    case: 'dhcp4',
    phase: 'REQUEST-ACK',
    expected: '0',
    actual: String(found),
    verdict,
    count: { found, of: null },
  });
  const judged = (leases: readonly number[], atOnce: Check) =>
    answersAlone('REQUEST-ACK', leases)
      .judge({ source: { ...SOURCE, asIfAtOnce: { checks: [atOnce], why: 'nobody knows' } } })
      .checks.find(({ name }) => name === 'conformance.heldConcurrently');

  it('passes if no two clients can have held a lease at once, fails if two did for certain, and else can’t tell', () => {
    expect(judged([1, 2], held('pass', 0))).toMatchObject({ verdict: 'pass' });
    expect(judged([1, 1], held('fail', 3))).toMatchObject({ verdict: 'fail', count: { found: 1 } });
    const open = judged([1, 2], held('fail', 3));
    expect(open).toMatchObject({ verdict: 'inconclusive', count: { found: 0 } });
    expect(open?.actual).toMatch(/3; nobody knows/);
  });
});
