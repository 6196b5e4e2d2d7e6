import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../evidence/evidence.js';
import { scenarioSchema } from '../../scenario/schema.js';
import { LIMITS, NOTHING_WRONG, prefix, SyntheticRun, v4, v6 } from '../synthetic.test-support.js';

function loadOf(load: object) {
  return scenarioSchema.parse({ name: 'made-up', description: 'made up', load }).load;
}

function exchanges(run: SyntheticRun, load: object = {}, evidence: Partial<Evidence> = {}) {
  const { exchanges: figures } = run.case({
    scenario: { limits: LIMITS, load: loadOf(load) },
    evidence: { ...NOTHING_WRONG, ...evidence },
  });
  return figures;
}

describe('the exchanges of a case', () => {
  it('count once for each attempt, however the attempt ends', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 4 });
    run.lease(0, v4(0));
    run.ask(1, 0).give(v4(1));
    run.ask(1, 1).nak();
    run.lease(1, v4(1), { attempt: 2 });
    run.ask(2, 0).timeout();
    run.ask(2, 0, { attempt: 2 }).give(v4(2));
    run.ask(2, 1, { attempt: 2 }).timeout().give(v4(2));
    run.ask(3, 0).timeout();
    expect(exchanges(run)).toMatchObject({
      started: 6,
      restarts: 2,
      refused: 1,
      withoutTimelyAnswer: 3,
      withoutTimelyAnswerPercent: 50,
    });
  });

  it('are not restarts if a client comes back after it gave its lease back', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.lease(0, v4(0));
    run.ask(0, 'RELEASE');
    run.lease(0, v4(0), { attempt: 2 });
    run.lease(1, v4(1));
    run.ask(1, 'RELEASE');
    run.ask(1, 0, { attempt: 2 }).timeout();
    run.lease(1, v4(1), { attempt: 3 });
    expect(exchanges(run)).toMatchObject({ started: 5, restarts: 1, refused: 0, withoutTimelyAnswer: 1 });
  });

  it('that end with an answer that nobody can read count as unanswered', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.ask(0, 0).malformed();
    run.lease(0, v4(0), { attempt: 2 });
    run.ask(1, 0).give(v4(1));
    run.ask(1, 1).malformed();
    expect(exchanges(run)).toMatchObject({ started: 3, restarts: 1, refused: 0, withoutTimelyAnswer: 2 });
  });

  it('go on after an offer to a client that asked for an immediate lease', () => {
    const run = new SyntheticRun({
      name: 'dhcp6-ia-na',
      clients: 3,
      phases: ['SOLICIT-REPLY', 'REQUEST-REPLY'],
    });
    run.ask(0, 0).give(v6(0), { kind: 'offer' });
    run.ask(0, 1).give(v6(0));
    run.ask(1, 0).give(v6(1), { kind: 'offer' });
    run.ask(1, 1).refuse();
    run.ask(2, 0).refuse();
    expect(exchanges(run)).toMatchObject({ started: 3, restarts: 0, refused: 2, withoutTimelyAnswer: 0 });
  });

  it('for an address and a prefix in one message count once', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 2 });
    run.ask(0, 0).timeout();
    run.ask(1, 0).give(v6(1));
    expect(run.case().phases.length).toBeGreaterThan(2);
    expect(exchanges(run)).toMatchObject({ started: 2, withoutTimelyAnswer: 1 });
  });

  it('that go to every server count once for each client', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 3 });
    for (const server of [0, 1, 2]) {
      run.ask(0, 0, { server }).give(v4(server));
      run.ask(1, 0, { server }).give(v4(server));
      run.ask(2, 0, { server }).timeout();
    }
    run.ask(0, 1, { server: 0 }).give(v4(0));
    run.ask(1, 1, { server: 1 }).nak();
    for (const server of [0, 1, 2]) run.ask(1, 0, { server, attempt: 2 }).give(v4(server));
    run.ask(1, 1, { server: 2, attempt: 2 }).give(v4(2));
    expect(exchanges(run, { fanout: 'all' })).toMatchObject({
      started: 4,
      restarts: 1,
      refused: 1,
      withoutTimelyAnswer: 1,
      withoutTimelyAnswerPercent: 25,
    });
  });

  it('go on after an offer of one of two leases', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 1 });
    const both = (phase: 0 | 1, isWhole: boolean) => {
      const asked = run.ask(0, phase).give(v6(1));
      const second = { leaseType: 'prefix', answerIndex: 0 } as const;
      if (isWhole) asked.give(prefix(1, 64), second);
      else asked.refuse(6, second);
    };
    both(0, false);
    both(1, true);
    expect(exchanges(run)).toMatchObject({ started: 1, restarts: 0, refused: 0, withoutTimelyAnswer: 0 });
  });

  it('leave out what clients do with a lease later', () => {
    const run = new SyntheticRun({
      name: 'dhcp4',
      clients: 1,
      phases: ['DISCOVER-OFFER', 'REQUEST-ACK', 'RENEW-ACK'],
    });
    run.lease(0, v4(0));
    run.ask(0, 'RENEW-ACK').timeout();
    expect(exchanges(run)).toMatchObject({
      started: 1,
      withoutTimelyAnswer: 0,
      withoutTimelyAnswerPercent: 0,
    });
  });

  it('are zero where nobody started one', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    expect(exchanges(run)).toMatchObject({
      started: 0,
      withoutTimelyAnswerPercent: null,
      achievedPerServer: null,
    });
  });
});

describe('the rate', () => {
  const run = () => {
    const starts = new SyntheticRun({ name: 'dhcp4', clients: 20 });
    for (let client = 0; client < 20; client++) starts.at(client * 100_000).ask(client, 0);
    return starts;
  };
  const planned = (plannedStarts: number, plannedDurationUs = 1_900_000) => ({
    offered: [{ case: 'dhcp4', plannedStarts, plannedDurationUs }],
  });

  it('that is offered is the rate of the scenario or the mean of its stages; an avalanche has none', () => {
    const stages = [
      { ratePerServer: 10, seconds: 10 },
      { ratePerServer: [10, 50], seconds: 20 },
    ];
    expect(exchanges(run(), { ratePerServer: 7 }).offeredPerServer).toBe(7);
    expect(exchanges(run(), { stages }).offeredPerServer).toBeCloseTo(70 / 3);
    const avalanche = { arrival: 'avalanche', retransmit: true, timeoutMs: 10_000 };
    expect(exchanges(run(), avalanche).offeredPerServer).toBeNull();
  });

  it('that is achieved is lower if starts were not made, or took too long', () => {
    const achieved = (evidence: Partial<Evidence>) =>
      exchanges(run(), { ratePerServer: 10 }, evidence).achievedPerServer;
    expect(achieved(planned(20))).toBeCloseTo(10);
    expect(achieved(planned(40))).toBeCloseTo(5);
    expect(achieved(planned(20, 925_000))).toBeCloseTo(5);
    expect(achieved({})).toBeNull();
  });
});

it('the times through the ids are the transactions divided by the number of transaction ids', () => {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 1_536 });
  for (let client = 0; client < 1_536; client++) run.lease(client, v4(client));
  expect(exchanges(run, { transactionIdBits: 10 }).timesThroughIds).toBe(3);
  expect(exchanges(run).timesThroughIds).toBeCloseTo(0);
});
