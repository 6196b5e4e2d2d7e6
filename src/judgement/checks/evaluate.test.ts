import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../evidence/evidence.js';
import { FIGURES, hasScopes, numberAt } from '../../results/registry/figures.js';
import type { Check, Verdict } from '../../results/check.js';
import { scenarioSchema } from '../../scenario/schema.js';
import type { CaseJudgement } from '../../results/case.js';
import { AuditedRun, sound } from '../audit/audit.test-support.js';
import { evidence, S } from '../faults/faults.test-support.js';
import { LIMITS, nth, NOTHING_WRONG, prefix, SyntheticRun, v4, v6 } from '../synthetic.test-support.js';

/**
 * Four clients. The first two are offered the same lease, the third is refused at first, the fourth gets no answer.
 */
function eventful(): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 4 });
  run.ask(0, 0).give(v4(1));
  run.ask(1, 0).give(v4(1));
  run.ask(2, 0).give(v4(2));
  run.ask(3, 0).timeout();
  run.ask(0, 1).give(v4(1));
  run.ask(1, 1).give(v4(3));
  run.ask(2, 1).nak();
  run.lease(2, v4(4), { attempt: 2 });
  return run;
}

function rows(check: string, run = eventful(), evidence: Partial<Evidence> = {}): Check[] {
  const { checks } = run.judge({
    scenario: { limits: { ...LIMITS, minAnsweredPercent: 0 }, checks: [check] },
    evidence: { ...NOTHING_WRONG, ...evidence },
  });
  return checks.filter(({ name }) => name === check);
}

describe('a stated check', () => {
  it.each<[check: string, expected: string, actual: string, verdict: Verdict]>([
    ['DISCOVER-OFFER.responses < 3', '< 3', '3', 'fail'],
    ['DISCOVER-OFFER.responses <= 3', '<= 3', '3', 'pass'],
    ['DISCOVER-OFFER.responses > 3', '> 3', '3', 'fail'],
    ['DISCOVER-OFFER.responses >= 3', '>= 3', '3', 'pass'],
    ['DISCOVER-OFFER.responses == 3', '== 3', '3', 'pass'],
    ['DISCOVER-OFFER.responses != 3', '!= 3', '3', 'fail'],
    ['DISCOVER-OFFER.responses in 3..4', 'in 3..4', '3', 'pass'],
    ['DISCOVER-OFFER.responses in 1..3', 'in 1..3', '3', 'pass'],
    ['DISCOVER-OFFER.responses in 4..5', 'in 4..5', '3', 'fail'],
    ['DISCOVER-OFFER.responses >= 75%', '>= 75% of requests', '75% (3 of 4)', 'pass'],
    ['DISCOVER-OFFER.responses in 80..100%', 'in 80..100% of requests', '75% (3 of 4)', 'fail'],
    ['first.allAttempts.responses >= 80%', '>= 80% of requests', '80% (4 of 5)', 'pass'],
    ['first.duplicatePercent in 30..37', 'in 30..37%', '33.3%', 'pass'],
    ['first.duplicatePercent <= 33.333%', '<= 33.333%', '33.3333%', 'fail'],
    ['first.p99 < 50ms', '< 50ms', '1.0 ms', 'pass'],
    ['first.p99 < 1ms', '< 1ms', '1.0 ms', 'fail'],
    ['first.p99 <= 0.001s', '<= 0.001s', '1.0 ms', 'pass'],
    ['first.p99 in 0.5ms..1s', 'in 0.5ms..1s', '1.0 ms', 'pass'],
    ['first.allocationsPerDistinctLease == 1', '== 1', '1', 'pass'],
    ['committing.outcomes.nak == 1', '== 1', '1', 'pass'],
    ['committing.outcomes.nak <= 33%', '<= 33% of requests', '33.3% (1 of 3)', 'fail'],
    ['committing.allAttempts.outcomes.lease == 3', '== 3', '3', 'pass'],
    ['committing.withoutOffer <= 25%', '<= 25% of clients', '25% (1 of 4)', 'pass'],
    ['committing.extraAnswers == 0', '== 0', '0', 'pass'],
    ['committing.allAttempts.duplicateLeases == 0', '== 0', '0', 'pass'],
    ['clientsWithLease >= 75%', '>= 75% of clients', '75% (3 of 4)', 'pass'],
    ['dhcp4.heldConcurrently == 0', '== 0', '0', 'pass'],
  ])('%s', (check, expected, actual, verdict) => {
    expect(rows(check)).toMatchObject([{ name: check, case: 'dhcp4', expected, actual, verdict }]);
  });

  it('has a row for every phase that it is about', () => {
    const places = (check: string) => rows(check).map(({ phase }) => phase);
    expect(places('p99 < 1s')).toEqual(['DISCOVER-OFFER', 'REQUEST-ACK']);
    expect(places('*.*-ACK.p99 < 1s')).toEqual(['REQUEST-ACK']);
    expect(places('first.p99 < 1s')).toEqual(['DISCOVER-OFFER']);
    expect(places('committing.p99 < 1s')).toEqual(['REQUEST-ACK']);
    expect(places('clientsWithLease > 0')).toEqual(['']);
  });

  it('tells address and prefix apart where a phase gave both', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 2 });
    run.lease(0, v6(1));
    run.lease(1, v6(2), { given: prefix(1, 64) });
    const phases = rows('committing.responses >= 0', run).map(({ phase }) => phase);
    expect(phases).toEqual(['REQUEST-REPLY address', 'REQUEST-REPLY prefix']);
    expect(rows('committing.extraAnswers >= 0', run)).toHaveLength(1);
  });

  it('is inconclusive where there is nothing to measure, because finding nothing then says nothing', () => {
    const silent = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    silent.ask(0, 0).timeout();
    for (const [check, actual] of [
      ['first.duplicatePercent <= 100', 'no answers'],
      ['first.p99 < 1s', 'no times measured'],
      ['committing.responses >= 0%', 'no requests'],
      ['duplicateLeases == 0', 'no answers'],
      ['heldConcurrently == 0', 'no answers'],
    ] as const) {
      const found = rows(check, silent);
      expect(found.map(({ verdict }) => verdict)).not.toContain('pass');
      expect(found[0]).toMatchObject({ actual, verdict: 'inconclusive' });
    }
  });

  it('fails on a violation that was found, also if the phase had no other answer', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.ask(0, 0).give(v4(1));
    run.ask(0, 1).give(v4(1), { kind: 'wrong-client' });
    expect(rows('committing.wrongClientLeases == 0', run)).toMatchObject([{ actual: '1', verdict: 'fail' }]);
  });

  it('reads renewals that were not kept as a share of the renewals', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    for (const client of [0, 1]) run.lease(client, v4(client));
    run.ask(0, 'RENEW-ACK').give(v4(0));
    run.ask(1, 'RENEW-ACK').nak();
    expect(rows('renewals.notKept <= 50%', run)).toMatchObject([
      { expected: '<= 50% of renewals', actual: '50% (1 of 2)', verdict: 'pass' },
    ]);
  });

  it('is inconclusive on a figure that the source of the observations can not give', () => {
    expect(numberAt({ allAttempts: null }, 'allAttempts.responses')).toBeNull();
    expect(numberAt({ latencyMs: { p99: null } }, 'latencyMs.p99')).toBeNull();
  });

  it('is inconclusive, not failed, in a run that cannot tell', () => {
    const [row] = rows('first.responses > 3', eventful(), { interruptedBy: 'SIGINT' });
    expect(row?.verdict).toBe('inconclusive');
    expect(rows('first.responses >= 3', eventful(), { interruptedBy: 'SIGINT' })[0]?.verdict).toBe('pass');
  });

  it('does not pass if the run does not have the case or phase that it is about', () => {
    for (const check of ['dhcp6-ia-na.p99 < 1s', 'SOLICIT-ADVERTISE.p99 < 1s'])
      expect(rows(check)).toMatchObject([{ case: '', phase: '', verdict: 'inconclusive' }]);
  });

  it('does not weaken the checks that are always on', () => {
    const run = eventful();
    run.ask(3, 1).give(v4(1));
    const lenient = ['heldConcurrently <= 5', 'overlappingLeases <= 5'];
    const always = run.judge({ scenario: { limits: LIMITS } }).checks;
    const { verdict, checks } = run.judge({ scenario: { limits: LIMITS, checks: lenient } });
    expect(verdict).toBe('fail');
    expect(checks.slice(0, always.length)).toEqual(always);
    expect(checks.slice(always.length).map((check) => check.verdict)).toEqual(['pass', 'pass']);
  });

  it('is refused as a damaged source when a stored run states nonsense', () => {
    expect(() => rows('nonsense')).toThrow(expect.objectContaining({ code: 'SOURCE' }));
  });
});

describe('the table of figures', () => {
  const { load } = scenarioSchema.parse({ name: 'eventful', description: 'made up' });
  const judged = eventful().case({
    scenario: { limits: LIMITS, load },
    evidence: {
      ...NOTHING_WRONG,
      offered: [{ case: eventful().layout.name, plannedStarts: 10, plannedDurationUs: 1_000 }],
    },
  });

  /** node-2 is cut off. Its server and another one give leases, to clients that wait. */
  const underFaults = (): CaseJudgement => {
    const audited = new AuditedRun('dhcp4', 3);
    audited.run.at(12 * S).lease(0, v4(0));
    audited.run.at(25 * S).lease(1, v4(1));
    return nth(audited.judge({}, evidence()).cases, 0);
  };

  /** The servers say what they counted. */
  const counted = (): CaseJudgement => nth(sound().judge().cases, 0);
  const OF_COUNTERS: ReadonlySet<string> = new Set(['renewals.reachedDatabase']);

  it.each(FIGURES)('$name is a number of the judgement', (figure) => {
    const one =
      figure.needsKeys !== undefined ? underFaults() : OF_COUNTERS.has(figure.name) ? counted() : judged;
    const places = figure.of === 'case' ? [one] : one.phases;
    const valuesAt = (path: string) => places.map((place) => numberAt(place, path));
    const paths = typeof figure.at === 'string' ? [figure.at] : Object.values(figure.at);
    for (const path of paths) expect(valuesAt(path)).toContainEqual(expect.any(Number));
    if (figure.needs !== undefined) {
      const needs = hasScopes(figure) ? `firstAttempt.${figure.needs}` : figure.needs;
      expect(valuesAt(needs)).toContainEqual(expect.any(Number));
    }
  });
});
