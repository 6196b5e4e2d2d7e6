import { describe, expect, it } from 'vitest';
import type { Phase } from '../../protocol/phases.js';
import { type Lease, prefix, SyntheticRun, v4, v6, type Asked } from '../synthetic.test-support.js';

const SECOND = 1_000_000;
const NO_BINDING = 3;
const [LEASE, OTHER] = [v6(1), v6(2)];

/** Client 0 has a lease for 100 s, and asks for it again at second `atS`. */
function asked(phase: Phase = 'REBIND-REPLY', atS = 50): Asked & { run: SyntheticRun } {
  const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 3 });
  run.lease(0, LEASE, { validLifetime: 100 });
  return Object.assign(run.at(atS * SECOND).ask(0, phase), { run });
}

function checkOf(run: SyntheticRun) {
  const checks = run.judge().checks.filter(({ name }) => name === 'conformance.leaseKept');
  expect(checks.length).toBeLessThan(2);
  return checks[0];
}

describe('a client that asks for its lease again keeps it', () => {
  it.each(['RENEW-REPLY', 'REBIND-REPLY'] as const)('when the answer to its %s names it', (phase) => {
    const { run } = asked(phase).give(LEASE);
    expect(run.case()).toMatchObject({ renewals: { judged: 1, notKept: 0 }, witnesses: [] });
    expect(checkOf(run)).toMatchObject({ verdict: 'pass', phase, actual: '0 of 1' });
  });

  it('when the answer says NoAddrsAvail', () => {
    const { run } = asked().refuse(2);
    expect(run.case().renewals).toEqual({ judged: 1, notKept: 0 });
  });
});

describe('a lease is taken away from its client', () => {
  const zero = (lease: Lease) => ({ lease: lease.bytes, prefixLength: lease.length, validLifetime: 0 });
  it.each<[string, (asked: Asked) => unknown, string | null]>([
    ['by NoBinding', (one) => one.refuse(NO_BINDING), null],
    ['by a lifetime of zero', (one) => one.refuse(0, zero(LEASE)), null],
    ['by another lease', (one) => one.give(OTHER), '2001:db8::2'],
    ['by another lease in a second answer', (one) => one.give(LEASE).give(OTHER), '2001:db8::2'],
    ['by an answer that comes late', (one) => one.timeout().give(OTHER), '2001:db8::2'],
  ])('%s', (_, answer, otherLease) => {
    const one = asked();
    answer(one);
    expect(one.run.case()).toMatchObject({ renewals: { notKept: 1 } });
    const [witness] = one.run.case().witnesses;
    expect(witness).toMatchObject({
      kind: 'not-kept',
      phase: 'REBIND-REPLY',
      lease: '2001:db8::1',
      otherLease,
    });
    expect(witness?.holders).toMatchObject([{ client: 0, server: 'server-1', lease: '2001:db8::1' }]);
    expect(checkOf(one.run)).toMatchObject({ verdict: 'fail' });
    expect(one.run.judge().verdict).toBe('fail');
  });

  it('in favour of another one: this counts once, and is no partial answer', () => {
    const one = asked();
    one.give(OTHER).refuse(0, { ...zero(LEASE), answerIndex: 0 });
    one.run.lease(1, LEASE);
    const { renewals, heldConcurrently, witnesses, phases } = one.run.case();
    expect(renewals).toEqual({ judged: 1, notKept: 1 });
    expect(witnesses).toHaveLength(1);
    expect(phases.find(({ name }) => name === 'REBIND-REPLY')?.outcomes).toMatchObject({
      lease: 1,
      partial: 0,
    });
    // The client was told that the first lease is no longer its own.
    expect(heldConcurrently).toBe(0);
  });

  it('by a NAK', () => {
    const run = new SyntheticRun({ name: 'dhcp4', clients: 1 });
    run.lease(0, v4(1));
    run.ask(0, 'RENEW-ACK').nak();
    expect(run.case().renewals).toEqual({ judged: 1, notKept: 1 });
  });

  it('when the same prefix comes with another length', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-pd', clients: 1 });
    run.lease(0, prefix(0x10000, 64));
    run.ask(0, 'RENEW-REPLY').give(prefix(0x10000, 60));
    expect(run.case().renewals).toEqual({ judged: 1, notKept: 1 });
  });
});

describe('nothing is taken away from a client', () => {
  const spoilt = (one: ReturnType<typeof asked>) => {
    one.refuse(NO_BINDING);
    expect(one.run.case().renewals).toEqual({ judged: 0, notKept: 0 });
    expect(checkOf(one.run)).toMatchObject({ verdict: 'inconclusive' });
  };

  it('whose lease was over when it asked', () => spoilt(asked('RENEW-REPLY', 101)));
  it('whose lease was about to end when it was answered', () => spoilt(asked('RENEW-REPLY', 99)));

  it('that gave its lease back meanwhile', () => {
    const one = asked();
    one.run.ask(0, 'RELEASE-REPLY').refuse(0);
    spoilt(one);
  });

  it('that had none', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 1 });
    run.ask(0, 'REBIND-REPLY').refuse(NO_BINDING);
    expect(run.case().renewals).toEqual({ judged: 0, notKept: 0 });
  });

  it('that asks for a lease as if it had none: there is nothing to check', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 1 });
    run.lease(0, LEASE).give(OTHER);
    expect(run.case().renewals).toEqual({ judged: 0, notKept: 0 });
    expect(checkOf(run)).toBeUndefined();
  });
});

describe('what a client gave back', () => {
  it('is not its own again by a late answer to an earlier request', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 2 });
    run.lease(0, LEASE);
    const renewed = run.ask(0, 'RENEW-REPLY').timeout();
    run.ask(0, 'RELEASE-REPLY').refuse(0);
    renewed.give(LEASE);
    run.lease(1, LEASE);
    expect(run.case()).toMatchObject({ heldConcurrently: 0, clientsWithLease: 1 });
  });

  it('may be its own again by a later request', () => {
    const run = new SyntheticRun({ name: 'dhcp6-ia-na', clients: 2 });
    run.lease(0, LEASE);
    run.ask(0, 'RELEASE-REPLY').refuse(0);
    run.lease(0, LEASE, { attempt: 2 });
    run.lease(1, LEASE);
    expect(run.case()).toMatchObject({ heldConcurrently: 1, clientsWithLease: 2 });
  });
});
