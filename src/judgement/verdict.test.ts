import { describe, expect, it } from 'vitest';
import type { Evidence } from '../evidence/evidence.js';
import { judge } from './judge.js';
import type { CheckName } from '../results/check-names.js';
import type { Verdict } from '../results/check.js';
import { LIMITS, NOTHING_WRONG, SyntheticRun, v4, v6 } from './synthetic.test-support.js';

function cleanRun(clients = 30): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients });
  for (let client = 0; client < clients; client++) run.lease(client, v4(client));
  return run;
}

function judged(run: SyntheticRun, evidence: Partial<Evidence> = {}) {
  const { verdict, checks } = run.judge({ evidence: { ...NOTHING_WRONG, ...evidence } });
  return { verdict, broken: checks.filter((check) => check.verdict !== 'pass').map(({ name }) => name) };
}

describe('the verdict', () => {
  it('is pass when everything holds', () => {
    expect(judged(cleanRun())).toEqual({ verdict: 'pass', broken: [] });
  });

  const death = { kind: 'node', name: 'node-2', atUs: 1, how: 'SIGKILL', lastLines: [] } as const;
  const plan = { case: 'dhcp4', plannedStarts: 30, plannedDurationUs: 29 * 4000 };
  it.each<[Verdict, CheckName, Partial<Evidence>]>([
    ['fail', 'run.deaths', { deaths: [death] }],
    ['inconclusive', 'run.interrupted', { interruptedBy: 'SIGTERM' }],
    ['inconclusive', 'run.endedEarly', { endedEarly: { code: 'STORAGE', message: 'disk full' } }],
    ['inconclusive', 'run.drops', { drops: [{ socket: 'kea dhcp4 server-1', drops: 3 }] }],
    ['inconclusive', 'run.sendErrors', { sendErrors: [{ socket: 'harness dhcp4 server-1', errors: 1 }] }],
    ['pass', 'run.sendErrors', { sendErrors: [{ socket: 'harness dhcp4 server-1', errors: 0 }] }],
    ['inconclusive', 'load.rate', { offered: [{ ...plan, plannedStarts: 40 }] }],
    ['inconclusive', 'load.rate', { offered: [{ ...plan, plannedDurationUs: 10 * 4000 }] }],
    ['pass', 'load.rate', { offered: [plan] }],
    ['inconclusive', 'load.acts', { acts: [{ case: 'dhcp4', act: 'renew', due: 10, missed: 6 }] }],
    ['pass', 'load.acts', { acts: [{ case: 'dhcp4', act: 'renew', due: 10, missed: 5 }] }],
  ])('is %s by %s', (verdict, name, evidence) => {
    expect(judged(cleanRun(), evidence)).toEqual({ verdict, broken: verdict === 'pass' ? [] : [name] });
  });

  it('is inconclusive when too few are answered, by the limit of the scenario', () => {
    const run = cleanRun(30);
    run.ask(0, 0).timeout();
    expect(judged(run).verdict).toBe('pass');
    run.ask(0, 0).timeout();
    expect(judged(run)).toEqual({ verdict: 'inconclusive', broken: ['load.answered'] });
  });

  it('is inconclusive when clients that boot again are not answered, whatever else was', () => {
    const run = cleanRun(30);
    for (let client = 0; client < 20; client++) run.ask(client, 'RENEW-ACK').give(v4(client));
    run.ask(20, 'REBOOT-ACK').give(v4(20));
    const own = { offered: [{ ...plan, plannedStarts: 1 }] };
    expect(judged(run, own)).toEqual({ verdict: 'pass', broken: [] });
    run.ask(21, 'REBOOT-ACK').timeout();
    expect(judged(run, own)).toEqual({ verdict: 'inconclusive', broken: ['load.answered'] });
    // In a recording the client may come from elsewhere.
    expect(judged(run).verdict).toBe('pass');
  });

  it('is inconclusive when the starts were late', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.at(100_000).ask(0, 0, { intendedUs: 0 }).give(v4(1));
    run.ask(0, 1).give(v4(1));
    expect(judged(run)).toEqual({ verdict: 'inconclusive', broken: ['load.lateness'] });
  });

  it('is never pass without a committing answer that carries a lease', () => {
    const silent = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    for (let client = 0; client < 3; client++) silent.ask(client, 0).timeout();
    expect(judged(silent)).toMatchObject({
      verdict: 'inconclusive',
      broken: expect.arrayContaining(['load.answered', 'conformance.heldConcurrently']) as CheckName[],
    });
    const refused = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    for (let client = 0; client < 3; client++) {
      refused.ask(client, 0).give(v4(client));
      refused.ask(client, 1).nak();
    }
    expect(judged(refused)).toMatchObject({
      verdict: 'inconclusive',
      broken: expect.arrayContaining(['load.committed']) as CheckName[],
    });
    const input = { layout: { cases: [] }, scenario: { limits: LIMITS }, evidence: NOTHING_WRONG };
    expect(judge(input, []).verdict).toBe('inconclusive');
  });

  it('is fail where a duplicate was found, however badly the run went', () => {
    const run = cleanRun();
    run.ask(1, 1).give(v4(2));
    expect(judged(run, { interruptedBy: 'SIGINT' }).verdict).toBe('fail');
  });
});

describe('a figure the scenario states', () => {
  /** 10 leases, each offered to three clients. */
  const thirds = () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 30 });
    for (let client = 0; client < 30; client++) run.lease(client, v6(client % 10), { given: v6(client) });
    return run;
  };
  const firstPhase = (low: number, high: number) => ({
    limits: LIMITS,
    checks: [`first.duplicatePercent in ${low}..${high}`],
  });

  it('passes within its range, both ends included, and fails outside', () => {
    expect(thirds().judge({ scenario: firstPhase(30, 37) }).verdict).toBe('pass');
    expect(thirds().judge({ scenario: firstPhase(0, 2) }).verdict).toBe('fail');
    expect(cleanRun().judge({ scenario: firstPhase(0, 0) }).verdict).toBe('pass');
  });

  it('is inconclusive outside its range in a run that cannot tell', () => {
    const evidence: Evidence = { ...NOTHING_WRONG, interruptedBy: 'SIGINT' };
    expect(thirds().judge({ scenario: firstPhase(0, 2), evidence }).verdict).toBe('inconclusive');
  });

  it('may be a tolerance of the published figures', () => {
    const tolerate = (low: number, high: number) => ({
      limits: LIMITS,
      published: {
        table: 'galera' as const,
        tolerance: { 'dhcp6-ia-na': { duplicatePercent: [low, high] as [number, number] } },
      },
    });
    expect(thirds().judge({ scenario: tolerate(30, 37) })).toMatchObject({
      verdict: 'pass',
      reproduction: { verdict: 'reproduced' },
    });
    const { verdict: conformance, reproduction } = thirds().judge({ scenario: tolerate(0, 30) });
    expect(conformance).toBe('pass');
    expect(reproduction?.verdict).toBe('not reproduced');
    expect(reproduction?.figures.filter(({ verdict }) => verdict === 'fail')).toEqual([
      {
        name: 'published.tolerance.dhcp6-ia-na.duplicatePercent in 0..30%',
        case: 'dhcp6-ia-na',
        phase: 'SOLICIT-ADVERTISE',
        expected: 'in 0..30%',
        actual: '33.3%',
        verdict: 'fail',
      },
    ]);
  });
});

describe('observations that no run can have made', () => {
  const about = {
    caseIndex: 0,
    phase: 'REQUEST-ACK',
    server: 0,
    client: 0,
    attempt: 1,
    transaction: 1,
  } as const;

  it.each<[string, object]>([
    ['case', { caseIndex: 1 }],
    ['server', { server: 3 }],
    ['client', { client: 1 }],
    ['transaction', { transaction: 2 ** 30 }],
  ])('are refused: an unknown %s', (_, wrong) => {
    const run = cleanRun(1);
    run.observations.push({ type: 'timeout', ...about, atUs: 1, ...wrong });
    expect(() => run.judge()).toThrow(expect.objectContaining({ code: 'SOURCE' }));
  });

  const timeout = { type: 'timeout', atUs: 1 } as const;
  const again = { type: 'sent', intendedAtUs: 1, sentAtUs: 1, retransmission: 1 } as const;
  const answer = {
    type: 'answer',
    receivedAtUs: 1,
    fromServer: 0,
    kind: 'nak',
    answerIndex: 1,
    leaseType: 'address',
    lease: new Uint8Array(),
    prefixLength: 0,
    validLifetime: 0,
    statusCode: 0,
  } as const;
  const records = [timeout, again, answer];
  it('are not refused if they agree with the first message of their transaction', () => {
    const run = cleanRun(30);
    run.observations.push(...records.map((record) => ({ ...about, ...record })));
    expect(run.case().phases[1]).toMatchObject({ extraAnswers: 1 });
  });

  it.each<[string, object]>([
    ['another client', { client: 3 }],
    ['another server', { server: 1 }],
    ['another phase', { phase: 'DISCOVER-OFFER' }],
    ['a phase that the case has not', { phase: 'REQUEST-REPLY' }],
    ['another attempt', { attempt: 2 }],
    ['another transaction', { transaction: 2 }],
    ['a transaction that was never begun', { transaction: 60 }],
    ['nobody', { client: -1 }],
  ])('are refused: one of %s', (_, wrong) => {
    for (const record of records) {
      const run = cleanRun(30);
      // A `sent` begins a transaction that was not there.
      if (record.type === 'sent' && 'transaction' in wrong && wrong.transaction === 60) continue;
      run.observations.push({ ...about, ...record, ...wrong });
      expect(() => run.judge()).toThrow(expect.objectContaining({ code: 'SOURCE' }));
    }
  });

  it.each<[string, object]>([
    ['a server that the run has not', { fromServer: 3 }],
    ['a lease type that its case has not', { leaseType: 'prefix' }],
  ])('are refused: an answer of %s', (_, wrong) => {
    const run = cleanRun(30);
    run.observations.push({ ...about, ...answer, ...wrong });
    expect(() => run.judge()).toThrow(expect.objectContaining({ code: 'SOURCE' }));
  });
});
