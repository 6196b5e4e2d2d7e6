import { describe, expect, it } from 'vitest';
import { nth, prefix, SyntheticRun, v4, v6, type Lease } from '../../synthetic.test-support.js';

const SECOND = 1_000_000;

/** Client 0 asks for lease 1, and what `asked` says becomes of its request. Client 1 is given lease 1 in time. */
function rivals(
  asked: (run: SyntheticRun) => unknown,
  then: (run: SyntheticRun) => unknown = () => undefined,
) {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
  run.ask(0, 0).give(v4(1));
  asked(run);
  run.at(10 * SECOND).lease(1, v4(1));
  run
    .at(12 * SECOND)
    .ask(1, 'RENEW-ACK')
    .give(v4(1));
  then(run);
  return run.case();
}

const unanswered = (run: SyntheticRun) =>
  run
    .at(9 * SECOND)
    .ask(0, 1)
    .timeout();
const late = (run: SyntheticRun) =>
  run
    .at(9 * SECOND)
    .ask(0, 1)
    .timeout()
    .give(v4(1));

describe('a lease that one client holds and another may hold', () => {
  it.each([
    ['whose request nobody answered', unanswered, 'unanswered'],
    ['whose answer came late', late, 'late'],
  ] as const)('is found beside a client %s, and breaks no rule', (_, asked, possible) => {
    const { heldConcurrently, possiblyHeld, witnesses, verdict } = rivals(asked);
    expect({ heldConcurrently, verdict }).toEqual({ heldConcurrently: 0, verdict: 'pass' });
    // From the answer to client 1 until the last message of the run.
    expect(possiblyHeld).toEqual({ leases: 1, longestOverlapMs: 2_000 - 2 });
    expect(witnesses.map(({ kind, lease, overlapMs }) => [kind, lease, overlapMs])).toEqual([
      ['possibly-held', '10.0.0.1', 1_998],
    ]);
    expect(nth(witnesses, 0).holders.map(({ client, possible: how }) => [client, how])).toEqual([
      [0, possible],
      [1, undefined],
    ]);
  });

  it('is found where the answers to both came late', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    for (const client of [0, 1]) {
      run.ask(client, 0).give(v4(1));
      run.ask(client, 1).timeout().give(v4(1));
    }
    expect(run.case()).toMatchObject({
      heldConcurrently: 0,
      clientsWithLease: 0,
      possiblyHeld: { leases: 1 },
    });
  });

  it('counts for the lease that a renewal without an answer was to prolong', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.lease(0, v4(1), { validLifetime: 10 });
    run
      .at(5 * SECOND)
      .ask(0, 'RENEW-ACK')
      .timeout();
    run.at(12 * SECOND).lease(1, v4(1));
    run.at(14 * SECOND).lease(1, v4(1), { attempt: 2 });
    expect(run.case()).toMatchObject({ heldConcurrently: 0, possiblyHeld: { leases: 1 } });
  });

  it('may lie inside a prefix', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-pd', clients: 2 });
    run.ask(0, 0).give(prefix(0x0001_0000, 48));
    run.ask(0, 1).timeout();
    run.lease(1, prefix(0x0001_0002, 64));
    expect(run.case()).toMatchObject({ overlappingLeases: 0, possiblyHeld: { leases: 1 } });
    expect(nth(run.case().witnesses, 0)).toMatchObject({ otherLease: '2001:db8:1::/48' });
  });
});

describe('nothing is possible any more', () => {
  it.each<[string, (run: SyntheticRun) => unknown]>([
    ['once the request is answered', (run) => run.ask(0, 1).give(v4(2))],
    ['once the request is refused', (run) => run.ask(0, 1).nak()],
    ['once a later request is answered', (run) => (unanswered(run), run.lease(0, v4(3), { attempt: 2 }))],
    [
      'once an answer says otherwise, even if it comes after the client has gone on',
      (run) => {
        const asked = unanswered(run);
        run.ask(0, 0, { attempt: 2 });
        asked.nak();
      },
    ],
    [
      'of a late answer, once a later request is answered',
      (run) => (late(run), run.lease(0, v4(3), { attempt: 2 })),
    ],
    ['once the client gives the lease back', (run) => (unanswered(run), run.ask(0, 'RELEASE'))],
    ['of a DISCOVER that nobody answers', (run) => run.ask(0, 0, { attempt: 2 }).timeout()],
  ])('%s', (_, asked) => {
    const { possiblyHeld, witnesses } = rivals(asked);
    expect({ possiblyHeld, witnesses }).toEqual({
      possiblyHeld: { leases: 0, longestOverlapMs: 0 },
      witnesses: [],
    });
  });

  it('of two requests that nobody answered: nothing is known of either', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    for (const client of [0, 1]) {
      run.ask(client, 0).give(v4(1));
      run.ask(client, 1).timeout();
    }
    expect(run.case().possiblyHeld.leases).toBe(0);
  });

  it('once the lifetime is over that the offer told', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.ask(0, 0).give(v4(1), { validLifetime: 5 });
    run.ask(0, 1).timeout();
    run.at(6 * SECOND).lease(1, v4(1));
    expect(run.case().possiblyHeld.leases).toBe(0);
  });

  it('of the copies of a REQUEST that went to the other servers', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.ask(0, 0).give(v4(1));
    const copies = [0, 1, 2].map((server) => run.ask(0, 1, { server }));
    nth(copies, 1).nak();
    run.lease(1, v4(1));
    run.at(20 * SECOND).ask(0, 0, { attempt: 2 });
    expect(run.case().possiblyHeld.leases).toBe(0);
  });
});

describe('a client that learns of its lease later', () => {
  it.each<[string, Lease, string]>([
    ['dhcp4', v4(1), '10.0.0.1'],
    ['dhcp6-ia-na', v6(1), '2001:db8::1'],
  ])('holds it from then on, in %s', (name, lease, text) => {
    const run = new SyntheticRun({ name, clients: 2 });
    run.ask(0, 0).give(lease);
    run.ask(0, 1).timeout().give(lease);
    run.lease(0, lease, { attempt: 2 });
    run.lease(1, lease);
    const { heldConcurrently, possiblyHeld, witnesses } = run.case();
    expect({ heldConcurrently, possible: possiblyHeld.leases }).toEqual({
      heldConcurrently: 1,
      possible: 0,
    });
    expect(witnesses.map((one) => [one.kind, one.lease])).toEqual([['held-concurrently', text]]);
  });
});

describe('a client that does not know of its lease', () => {
  it('may still have it when a later request is refused: the first row may be stored', () => {
    const refused = rivals((run) => (unanswered(run), run.ask(0, 1, { attempt: 2 }).nak()));
    expect(refused.possiblyHeld.leases).toBe(1);
  });

  it('can not lose it by a renewal, nor keep it by one', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.ask(0, 0).give(v4(1));
    const asked = run.ask(0, 1).timeout();
    run.lease(0, v4(2), { attempt: 2 });
    asked.give(v4(1));
    run
      .at(20 * SECOND)
      .ask(0, 'RENEW-ACK', { attempt: 2 })
      .give(v4(1));
    expect(run.case().renewals).toEqual({ judged: 1, notKept: 1 });
  });

  it('also if another server than the asked one answers late', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.ask(0, 0).give(v4(1));
    run.ask(0, 1).timeout().give(v4(1), { kind: 'wrong-server', fromServer: 1 });
    run.lease(1, v4(1));
    expect(run.case()).toMatchObject({ heldConcurrently: 0, possiblyHeld: { leases: 1 } });
  });

  it('may have what its renewal was about, and not what it was offered long before', () => {
    const renewed = (other: Lease) => {
      const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
      run.lease(0, v4(1), { given: v4(2), validLifetime: 10 });
      run
        .at(5 * SECOND)
        .ask(0, 'RENEW-ACK')
        .timeout();
      run.at(12 * SECOND).lease(1, other);
      run
        .at(14 * SECOND)
        .ask(1, 'RENEW-ACK')
        .give(other);
      return run.case().possiblyHeld.leases;
    };
    expect([renewed(v4(1)), renewed(v4(2))]).toEqual([0, 1]);
  });

  it('overlaps with the one of the others who has the lease longest', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.lease(0, v4(1), { validLifetime: 10 });
    run
      .at(5 * SECOND)
      .ask(0, 'RENEW-ACK')
      .timeout();
    run
      .at(8 * SECOND)
      .ask(1, 0)
      .give(v4(1));
    run.ask(1, 1).timeout().give(v4(1));
    run.at(30 * SECOND).lease(1, v4(3), { attempt: 2 });
    // The renewal of client 0 may have prolonged its lease to 15 s.
    expect(run.case().possiblyHeld.longestOverlapMs).toBeGreaterThan(6_900);
  });

  it('has an address and a prefix for different times', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na-pd', clients: 2 });
    const offer = run.ask(0, 0).give(v6(1), { answerIndex: 0 });
    offer.give(prefix(0x4000_0001, 64), { answerIndex: 0, validLifetime: 5 });
    run.ask(0, 1).timeout();
    run.at(10 * SECOND).lease(1, v6(1));
    expect(run.case().possiblyHeld.leases).toBe(1);
  });
});

it('a late REPLY that takes a lease away does not end what its client holds: it discards the message', () => {
  const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 2 });
  run.lease(0, v6(1));
  const taken = { lease: v6(1).bytes, prefixLength: 128, validLifetime: 0 };
  run
    .at(5 * SECOND)
    .ask(0, 'RENEW-REPLY')
    .timeout()
    .refuse(0, taken);
  run.at(8 * SECOND).lease(1, v6(1));
  expect(run.case().heldConcurrently).toBe(1);
});

it('as many requests as overloaded servers leave unanswered are no burden', () => {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 150_000 });
  for (let client = 0; client < 75_000; client++) {
    run.ask(client, 0).give(v4(client));
    run.ask(client, 1).timeout();
    run.lease(client + 75_000, v4(client));
  }
  expect(run.case({ witnessesPerKind: 10 }).possiblyHeld.leases).toBe(75_000);
});
