import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Outcome, OUTCOMES } from '../results/outcomes.js';
import { prefix, SyntheticRun, v4, v6, type Asked } from './synthetic.test-support.js';

function askedOnce(what: (asked: Asked) => unknown) {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
  what(run.ask(0, 1));
  return run.phase(1);
}

const CASES: [Outcome, string, (asked: Asked) => unknown][] = [
  ['lease', 'an answer with a lease', (asked) => asked.give(v4(1))],
  ['nak', 'a NAK', (asked) => asked.nak()],
  ['no-lease', 'a status code', (asked) => asked.refuse()],
  ['no-lease', 'a zero lifetime', (asked) => asked.refuse(0, { lease: v4(1).bytes })],
  ['no-lease', 'a lease with a zero lifetime', (asked) => asked.give(v4(1), { validLifetime: 0 })],
  ['timeout', 'silence until the timeout', (asked) => asked.timeout()],
  ['timeout', 'silence until the end', () => undefined],
  ['late', 'a lease after the timeout', (asked) => asked.timeout().give(v4(1))],
  ['timeout', 'a NAK after the timeout', (asked) => asked.timeout().nak()],
  ['malformed', 'an answer that cannot be decoded', (asked) => asked.malformed()],
  ['malformed', 'one that cannot be decoded, then silence', (asked) => asked.malformed().timeout()],
  ['timeout', 'silence, then one that cannot be decoded', (asked) => asked.timeout().malformed()],
  ['lease', 'one that cannot be decoded, then a lease', (asked) => asked.malformed().give(v4(1))],
  ['timeout', 'only an answer for somebody else', (asked) => asked.give(v4(1), { kind: 'wrong-client' })],
  ['timeout', 'only an answer by another server', (asked) => asked.give(v4(1), { kind: 'wrong-server' })],
  ['lease', 'a lease, then a NAK', (asked) => asked.give(v4(1)).nak()],
  ['nak', 'a NAK, then a lease', (asked) => asked.nak().give(v4(1))],
];

describe('the outcome of a transaction', () => {
  it.each(CASES)('is %s for %s', (outcome, _, what) => {
    const { outcomes, allAttempts } = askedOnce(what);
    expect(outcomes[outcome]).toBe(1);
    expect(allAttempts.requests).toBe(1);
    expect(allAttempts.responses).toBe(outcome === 'lease' || outcome === 'late' ? 1 : 0);
  });

  it('is exactly one, whatever happens', () => {
    const events = ['give', 'nak', 'refuse', 'timeout', 'malformed', 'wrong-client', 'wrong-server'] as const;
    fc.assert(
      fc.property(fc.array(fc.array(fc.constantFrom(...events), { maxLength: 5 })), (transactions) => {
        const run = new SyntheticRun({ name: 'dhcp4', clients: 100 });
        transactions.forEach((list, client) => {
          const asked = run.ask(client, 1);
          for (const event of list) {
            if (event === 'wrong-client' || event === 'wrong-server') asked.give(v4(client), { kind: event });
            else if (event === 'give') asked.give(v4(client));
            else asked[event]();
          }
        });
        const { outcomes, allAttempts } = run.phase(1);
        const all = OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0);
        expect(all).toBe(transactions.length);
        expect(allAttempts.requests).toBe(transactions.length);
        expect(allAttempts.responses).toBe(outcomes.lease + outcomes.late + outcomes.partial);
      }),
    );
  });

  it('is partial when one of two IAs is refused, in either order, and counts the lease there is', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 3 });
    run.ask(0, 1).give(v6(1)).refuse(6, { answerIndex: 0, leaseType: 'prefix' });
    run
      .ask(1, 1)
      .refuse(2)
      .give(prefix(1 << 16, 48), { answerIndex: 0 });
    run
      .ask(2, 1)
      .give(v6(2))
      .give(prefix(2 << 16, 48), { answerIndex: 0 });
    const second = run.case().phases.filter(({ committing }) => committing);
    expect(second.map(({ leaseType, allAttempts }) => [leaseType, allAttempts.responses])).toEqual([
      ['address', 2],
      ['prefix', 2],
    ]);
    expect(second[0]?.outcomes).toMatchObject({ partial: 2, lease: 1 });
    expect(second[0]?.extraAnswers).toBe(0);
  });
});

describe('a client that asks all servers at once', () => {
  /** One client that is offered two different leases, and one client that nobody offers a lease. */
  function twoClients(): SyntheticRun {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    for (const server of [0, 1, 2]) {
      const asked = run.ask(0, 0, { server });
      if (server > 0) asked.give(v4(server));
      run.ask(1, 0, { server }).timeout();
    }
    return run;
  }

  it('starts once, and is without an offer only where no server makes one', () => {
    const run = twoClients();
    run.ask(0, 1, { server: 1 }).give(v4(1));
    expect(run.case().schedule.starts).toBe(2);
    expect(run.phase(0)).toMatchObject({ firstAttempt: { requests: 6, responses: 2, duplicateLeases: 0 } });
    expect(run.phase(1)).toMatchObject({ withoutOffer: 1, substituted: 0, firstAttempt: { requests: 1 } });
  });

  it('counts as given a substitute if its lease is not that of the first offer', () => {
    const run = twoClients();
    run.ask(0, 1, { server: 1 }).give(v4(2));
    expect(run.phase(1).substituted).toBe(1);
  });

  it('holds a lease from a server that it did not name', () => {
    const run = twoClients();
    run
      .ask(0, 1, { server: 1 })
      .give(v4(1))
      .give(v4(2), { kind: 'wrong-server', fromServer: 2, answerIndex: 0 });
    run.ask(1, 1, { server: 0 }).give(v4(2));
    expect(run.phase(1).wrongServer).toBe(1);
    expect(run.case().heldConcurrently).toBe(1);
  });
});

describe('an offer to a client that asked for an immediate lease', () => {
  const rapidRun = () => new SyntheticRun({ name: 'dhcp6-ia-na', clients: 2, phases: ['SOLICIT-REPLY'] });

  it('commits nothing, and the request that follows does', () => {
    const run = rapidRun();
    run.ask(0, 'SOLICIT-REPLY').give(v6(1), { kind: 'offer' });
    expect(run.case()).toMatchObject({ committingLeases: 0, clientsWithLease: 0 });
    expect(run.phase(0)).toMatchObject({
      outcomes: { 'no-lease': 1, lease: 0 },
      allAttempts: { responses: 0 },
      refusals: { clients: 0, reasons: [] },
      latencyMs: { answered: 1 },
    });
    run.ask(0, 'REQUEST-REPLY').give(v6(2));
    expect(run.case()).toMatchObject({ committingLeases: 1, clientsWithLease: 1 });
    expect(run.case().phases.map(({ name, substituted }) => [name, substituted])).toEqual([
      ['SOLICIT-REPLY', 0],
      ['REQUEST-REPLY', 1],
    ]);
  });

  it('is no duplicate of a lease that another client was given', () => {
    const run = rapidRun();
    run.ask(0, 'SOLICIT-REPLY').give(v6(1));
    run.ask(1, 'SOLICIT-REPLY').give(v6(1), { kind: 'offer' });
    expect(run.case().heldConcurrently).toBe(0);
    expect(run.phase(0).allAttempts.duplicateLeases).toBe(0);
    run.ask(1, 'SOLICIT-REPLY', { attempt: 2 }).give(v6(1));
    expect(run.case().heldConcurrently).toBe(1);
    expect(run.phase(0).allAttempts.duplicateLeases).toBe(1);
  });
});

describe('an exchange for an address and a prefix', () => {
  const prefixOf = (n: number) => prefix(n << 16, 48);
  /** Three clients: one gets both leases, one an address only, one a prefix only. */
  function threeClients(): SyntheticRun {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 3 });
    run.ask(0, 1).give(v6(1)).give(prefixOf(1), { answerIndex: 0 });
    run.ask(1, 1).give(v6(2)).refuse(6, { answerIndex: 0, leaseType: 'prefix' });
    run.ask(2, 1).refuse(2).give(prefixOf(2), { answerIndex: 0 });
    return run;
  }

  it('serves a client only if the client holds both leases', () => {
    const run = threeClients();
    expect(run.case().clientsWithLease).toBe(1);
    run.ask(1, 1, { attempt: 2 }).give(v6(2)).give(prefixOf(3), { answerIndex: 0 });
    expect(run.case().clientsWithLease).toBe(2);
  });

  it('counts what each server gave by lease type', () => {
    const committing = threeClients()
      .case()
      .phases.filter((phase) => phase.committing);
    expect(
      committing.map(({ leaseType, perServer }) => [leaseType, ...perServer.map((one) => one.responses)]),
    ).toEqual([
      ['address', 1, 1, 0],
      ['prefix', 1, 0, 1],
    ]);
  });

  it('has a row for both types even where nobody got a prefix', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 1 });
    run.ask(0, 1).give(v6(1)).refuse(6, { answerIndex: 0, leaseType: 'prefix' });
    expect(run.case().phases.map(({ name, leaseType }) => [name, leaseType])).toEqual([
      ['SOLICIT-ADVERTISE', 'address'],
      ['SOLICIT-ADVERTISE', 'prefix'],
      ['REQUEST-REPLY', 'address'],
      ['REQUEST-REPLY', 'prefix'],
    ]);
  });

  it.each(['wrong-server', 'wrong-client'] as const)(
    'counts a message that goes astray (%s) once, though it has two leases',
    (kind) => {
      const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 1 });
      const asked = run.ask(0, 1);
      const astray = { kind, answerIndex: 0, fromServer: 1, receivedAtUs: run.tick() };
      asked.give(v6(1), astray).give(prefixOf(1), astray);
      const [phase] = run.case().phases.filter(({ committing }) => committing);
      expect([phase?.wrongServer, phase?.wrongClient]).toEqual(kind === 'wrong-server' ? [1, 0] : [0, 1]);
      // Both leases of a message from another server are held all the same.
      expect(run.case().committingLeases).toBe(kind === 'wrong-server' ? 2 : 0);
    },
  );

  it('fails if another server than the one asked gave the lease, with a witness', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 2 });
    run.ask(0, 0).give(v6(1), { kind: 'wrong-server', fromServer: 1 });
    run.lease(1, v6(2));
    const verdictOf = () =>
      run.judge().checks.find(({ name }) => name === 'conformance.wrongServer')?.verdict;
    // An offer commits nothing.
    expect(verdictOf()).toBe('pass');
    run.ask(0, 1).give(v6(1), { kind: 'wrong-server', fromServer: 1 });
    expect(run.case().witnesses).toMatchObject([
      { kind: 'wrong-server', lease: '2001:db8::1', holders: [{ client: 0, server: 'server-2' }] },
    ]);
    expect(run.phase(1)).toMatchObject({ wrongServer: 1, wrongServerLeases: 1 });
    expect(verdictOf()).toBe('fail');
  });

  it('makes two holdings of each client, and finds either of them at another client', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 2 });
    run.ask(0, 1).give(v6(1)).give(prefixOf(1), { answerIndex: 0 });
    run.ask(1, 1).give(v6(2)).give(prefixOf(1), { answerIndex: 0 });
    expect(run.case()).toMatchObject({ heldConcurrently: 1, clientsWithLease: 2, committingLeases: 4 });
  });
});

describe('answers beyond the first', () => {
  it('are counted, and flagged where they name another lease', () => {
    const counted = (what: (asked: Asked) => unknown) => {
      const { extraAnswers, extraAnswersOtherLease, allAttempts } = askedOnce(what);
      return [extraAnswers, extraAnswersOtherLease, allAttempts.responses];
    };
    expect(counted((asked) => asked.give(v4(1)))).toEqual([0, 0, 1]);
    expect(counted((asked) => asked.give(v4(1)).give(v4(1)))).toEqual([1, 0, 1]);
    expect(counted((asked) => asked.give(v4(1)).give(v4(2)))).toEqual([1, 1, 1]);
    expect(counted((asked) => asked.give(v4(1)).nak().malformed())).toEqual([2, 0, 1]);
  });

  const broken = (run: SyntheticRun) =>
    run.judge().checks.flatMap(({ name, verdict }) => (verdict === 'fail' ? [name] : []));

  it('fail the run only if they commit the server to another lease', () => {
    const after = (phase: 0 | 1, what: (asked: Asked) => unknown) => {
      const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
      run.lease(1, v4(9));
      if (phase === 1) run.ask(0, 0).give(v4(1));
      what(run.ask(0, phase));
      return broken(run);
    };
    expect(after(1, (asked) => asked.give(v4(1)).give(v4(2)))).toEqual(['conformance.secondLease']);
    expect(after(1, (asked) => asked.timeout().give(v4(1)).give(v4(2)))).toEqual(['conformance.secondLease']);
    expect(after(1, (asked) => asked.give(v4(1)).give(v4(1)).nak())).toEqual([]);
    // An offer commits nothing, and a server that is asked again may offer another lease.
    expect(after(0, (asked) => asked.give(v4(1)).give(v4(2)))).toEqual([]);
  });

  it('of another server are no failure with rapid commit', () => {
    const rapid = (fromServer: number) => {
      const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 1, phases: ['SOLICIT-REPLY'] });
      run.ask(0, 'SOLICIT-REPLY').give(v6(1)).give(v6(2), { fromServer });
      return broken(run);
    };
    expect(rapid(1)).toEqual([]);
    expect(rapid(0)).toEqual(['conformance.secondLease']);
  });

  it('that name another lease come with a witness', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.ask(0, 1).give(v4(1)).give(v4(2));
    expect(run.case().witnesses).toMatchObject([
      { kind: 'extra-answer', lease: '10.0.0.2', otherLease: '10.0.0.1', holders: [{ client: 0 }] },
    ]);
  });
});

describe('an answer that belongs to no transaction', () => {
  it('is counted and breaks nothing', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.lease(0, v4(1));
    const stray = { transaction: -1, client: -1, server: 0 } as const;
    run
      .ask(0, 1)
      .give(v4(2), { ...stray, kind: 'unmatched' })
      .give(v4(2), { ...stray, kind: 'malformed' });
    expect(run.phase(1)).toMatchObject({ unmatched: 2, outcomes: { lease: 1, timeout: 1 } });
    expect(run.case()).toMatchObject({ heldConcurrently: 0, committingLeases: 1 });
  });
});

describe('a reply', () => {
  it('with another lease than the offer counts by its own lease, and as substituted', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.lease(0, v4(1));
    run.lease(1, v4(1), { given: v4(2) });
    expect(run.phase(0).firstAttempt.duplicateLeases).toBe(1);
    expect(run.phase(1)).toMatchObject({ substituted: 1, firstAttempt: { duplicateLeases: 0 } });
  });

  it('in a later attempt is compared with the offer of that attempt', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.ask(0, 0).give(v4(1));
    run.ask(0, 1).nak();
    run.lease(0, v4(2), { attempt: 2 });
    expect(run.phase(1)).toMatchObject({ substituted: 0, refusals: { clients: 1, clientsServedLater: 1 } });
  });
});

describe('the share of refused clients that are served later', () => {
  it('is a percentage of the clients that were refused in their first attempt', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 4 });
    run.lease(3, v4(9));
    for (const client of [0, 1, 2]) {
      run.ask(client, 0).give(v4(1));
      run.ask(client, 1).nak();
    }
    run.lease(1, v4(2), { attempt: 2 });
    expect(run.phase(1).refusals.servedLaterPercent).toBeCloseTo(100 / 3);
  });

  it('is null if no client was refused', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.lease(0, v4(1));
    expect(run.phase(1).refusals.servedLaterPercent).toBeNull();
  });
});

describe('first attempts', () => {
  it('count only clients with an offer in the second phase, and say how many had none', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 3 });
    run.lease(0, v6(1));
    run.ask(1, 0).refuse();
    run.ask(2, 0).timeout();
    run.lease(1, v6(2), { attempt: 2 });
    const second = run.phase(1);
    expect(second.withoutOffer).toBe(2);
    expect(second.firstAttempt.requests).toBe(1);
    expect(second.allAttempts.requests).toBe(2);
    expect(run.phase(0).refusals).toEqual({
      reasons: [{ reason: 'NoAddrsAvail', firstAttempt: 1, allAttempts: 1 }],
      clients: 1,
      clientsServedLater: 1,
      servedLaterPercent: 100,
    });
  });
});

describe('figures of each server', () => {
  it('add up to those of the phase', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 4 });
    for (let client = 0; client < 4; client++) run.ask(client, 0).give(v4(1));
    run.ask(1, 0, { attempt: 2 }).timeout();
    expect(
      run.phase(0).perServer.map(({ name, requests, responses, outcomes, latencyMs }) => ({
        name,
        requests,
        responses,
        timeouts: outcomes.timeout,
        answered: latencyMs.answered,
      })),
    ).toEqual([
      { name: 'server-1', requests: 2, responses: 2, timeouts: 0, answered: 2 },
      { name: 'server-2', requests: 2, responses: 1, timeouts: 1, answered: 1 },
      { name: 'server-3', requests: 1, responses: 1, timeouts: 0, answered: 1 },
    ]);
  });
});
