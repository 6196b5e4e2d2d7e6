import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nth, SyntheticRun, v4, v6 } from '../synthetic.test-support.js';

/** Ten clients, each with an offer and a lease of its own. */
function cleanRun(): SyntheticRun {
  const run = new SyntheticRun({ name: 'dhcp4', clients: 10 });
  for (let client = 0; client < 10; client++) run.lease(client, v4(client));
  return run;
}

describe('a lease held by two clients at once', () => {
  it('is not found where everybody has a lease of its own', () => {
    expect(cleanRun().case()).toMatchObject({
      heldConcurrently: 0,
      clientsWithLease: 10,
      committingLeases: 10,
      witnesses: [],
    });
  });

  it.each([
    ['one duplicate ACK', (run: SyntheticRun) => run.ask(4, 1).give(v4(7))],
    ['one on a later attempt', (run: SyntheticRun) => run.ask(4, 1, { attempt: 3 }).give(v4(7))],
    ['one extra answer', (run: SyntheticRun) => run.ask(4, 1).give(v4(4)).give(v4(7))],
    ['one from another server', (run: SyntheticRun) => run.ask(4, 1).give(v4(7), { kind: 'wrong-server' })],
    ['one after a NAK', (run: SyntheticRun) => run.ask(4, 1).nak().give(v4(7))],
    ['one without end', (run: SyntheticRun) => run.ask(4, 1).give(v4(7), { validLifetime: 0xffff_ffff })],
  ])('is found, with its witness: %s', (_, mutate) => {
    const run = cleanRun();
    mutate(run);
    const { heldConcurrently, witnesses } = run.case();
    expect(heldConcurrently).toBe(1);
    const witness = nth(
      witnesses.filter(({ kind }) => kind === 'held-concurrently'),
      0,
    );
    expect(witness.lease).toBe('10.0.0.7');
    expect(witness.holders.map(({ client, server }) => [client, server])).toEqual([
      [7, 'server-2'],
      [4, 'server-2'],
    ]);
    expect(run.judge().verdict).toBe('fail');
  });

  it('names the server the answer came from', () => {
    const run = cleanRun();
    run.ask(4, 1).give(v4(7), { kind: 'wrong-server', fromServer: 2 });
    expect(nth(run.case().witnesses, 0).holders[1]).toMatchObject({ client: 4, server: 'server-3' });
  });

  it('is not found in an OFFER, which commits nothing', () => {
    const run = cleanRun();
    run.ask(4, 0).give(v4(7));
    expect(run.case().heldConcurrently).toBe(0);
  });

  it('is not found in an answer that names another client, which has a check of its own', () => {
    const run = cleanRun();
    run.ask(4, 1).give(v4(7), { kind: 'wrong-client' });
    expect(run.case()).toMatchObject({ heldConcurrently: 0, witnesses: [{ kind: 'wrong-client' }] });
    expect(run.phase(1)).toMatchObject({ wrongClient: 1, wrongClientLeases: 1 });
    expect(run.judge().verdict).toBe('fail');
  });
});

describe('a holding ends', () => {
  const SECOND = 1_000_000;
  /** Client 0 holds lease 1. Client 1 is given it at 100 s, after `between`. */
  function twoInTurn(between: (run: SyntheticRun) => unknown, name = 'dhcp4') {
    const run = new SyntheticRun({ name, clients: 2 });
    const lease = name === 'dhcp4' ? v4(1) : v6(1);
    run.lease(0, lease, { validLifetime: 90 });
    between(run);
    run.at(100 * SECOND).lease(1, lease);
    return run.case().heldConcurrently;
  }
  const renew = (run: SyntheticRun, validLifetime: number) =>
    run
      .at(50 * SECOND)
      .ask(0, 1)
      .give(v4(1), { validLifetime });

  it('when the latest successful request + its lifetime is over', () => {
    expect(twoInTurn(() => undefined)).toBe(0);
    expect(twoInTurn((run) => renew(run, 90))).toBe(1);
    expect(twoInTurn((run) => renew(run, 30))).toBe(0);
    expect(twoInTurn((run) => renew(run, 0xffff_ffff))).toBe(1);
  });

  it('counted from the sending of that request, not from its answer', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.ask(0, 1).give(v4(1), { validLifetime: 90, receivedAtUs: 60 * SECOND });
    run
      .at(92 * SECOND)
      .ask(1, 1)
      .give(v4(1));
    expect(run.case().heldConcurrently).toBe(0);
  });

  it('by the latest request, even if an earlier one is answered after it', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    const early = run.ask(0, 1);
    run.at(50 * SECOND);
    run.ask(0, 1).give(v4(1), { validLifetime: 90 });
    early.give(v4(1), { validLifetime: 90 });
    run.at(100 * SECOND).lease(1, v4(1));
    expect(run.case().heldConcurrently).toBe(1);
  });

  it('with a NAK, for every lease that the client still has', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 2 });
    run.lease(0, v4(1), { validLifetime: 10 });
    run.lease(0, v4(2));
    run.at(20 * SECOND).lease(0, v4(3));
    run
      .at(30 * SECOND)
      .ask(0, 1)
      .nak();
    for (const lease of [1, 2, 3]) run.lease(1, v4(lease));
    expect(run.case()).toMatchObject({ heldConcurrently: 0, clientsWithLease: 1 });
  });

  it('with a NAK', () => {
    const nak = (run: SyntheticRun) =>
      run
        .at(60 * SECOND)
        .ask(0, 1)
        .nak();
    expect(twoInTurn((run) => [renew(run, 90), nak(run)])).toBe(0);
  });

  it('not with a NAK after the timeout, or after an ACK: the client discards it', () => {
    const nak = (run: SyntheticRun) => run.at(60 * SECOND).ask(0, 1);
    expect(twoInTurn((run) => [renew(run, 90), nak(run).timeout().nak()])).toBe(1);
    expect(twoInTurn((run) => [nak(run).give(v4(1), { validLifetime: 90 }).nak()])).toBe(1);
  });

  it('with NoBinding or a zero lifetime, not with NoAddrsAvail', () => {
    const renewed = (run: SyntheticRun) =>
      run
        .at(50 * SECOND)
        .ask(0, 1)
        .give(v6(1), { validLifetime: 90 });
    const v6Case = (between: (run: SyntheticRun) => unknown) =>
      twoInTurn((run) => [renewed(run), between(run)], 'dhcp6-ia-na');
    expect(v6Case(() => undefined)).toBe(1);
    expect(v6Case((run) => run.ask(0, 1).refuse(3))).toBe(0);
    expect(v6Case((run) => run.ask(0, 1).refuse(0, { lease: v6(1).bytes, prefixLength: 128 }))).toBe(0);
    expect(v6Case((run) => run.ask(0, 1).refuse(0, { lease: v6(2).bytes, prefixLength: 128 }))).toBe(1);
    expect(v6Case((run) => run.ask(0, 1).refuse(2))).toBe(1);
  });

  it('with a RELEASE or DECLINE that is sent, answered or not', () => {
    for (const phase of ['RELEASE-REPLY', 'DECLINE-REPLY']) {
      const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 2 });
      run.lease(0, v6(1));
      // The list is one of strings, so the phase needs a cast.
      run.ask(0, phase as 'REQUEST-REPLY');
      run.lease(1, v6(1));
      expect(run.case()).toMatchObject({ heldConcurrently: 0, clientsWithLease: 1 });
    }
  });
});

describe('holdings of many clients', () => {
  const grants = fc.array(
    fc.record({
      client: fc.nat({ max: 4 }),
      lease: fc.nat({ max: 4 }),
      validLifetime: fc.integer({ min: 1, max: 12 }),
    }),
    { maxLength: 30 },
  );

  it('agree with a comparison of all pairs', () => {
    fc.assert(
      fc.property(grants, (list) => {
        const run = new SyntheticRun({ name: 'dhcp4', clients: 5 });
        list.forEach(({ client, lease, validLifetime }, second) =>
          run
            .at(second * 1e6)
            .ask(client, 1)
            .give(v4(lease), { validLifetime }),
        );
        const { heldConcurrently, clientsWithLease } = run.case();
        const held = new Set<number>();
        for (let second = 0; second <= list.length; second++) {
          for (const holders of holdersAt(list, second)) if (holders[1].size > 1) held.add(holders[0]);
        }
        expect(heldConcurrently).toBe(held.size);
        const atEnd = holdersAt(list, list.length - 1);
        const clients = new Set([...atEnd.values()].flatMap((holders) => [...holders]));
        expect(clientsWithLease).toBe(clients.size);
      }),
      { numRuns: 300 },
    );
  });

  /** Who holds what just after the answer to the request of that second. */
  function holdersAt(
    list: readonly { client: number; lease: number; validLifetime: number }[],
    second: number,
  ): Map<number, Set<number>> {
    const ends = new Map<string, number>();
    list.slice(0, second + 1).forEach(({ client, lease, validLifetime }, sent) => {
      ends.set(`${lease} ${client}`, sent + validLifetime);
    });
    const holders = new Map<number, Set<number>>();
    for (const [key, end] of ends) {
      const [lease = -1, client = -1] = key.split(' ').map(Number);
      if (end > second) holders.set(lease, (holders.get(lease) ?? new Set()).add(client));
    }
    return holders;
  }
});
