import { describe, expect, it } from 'vitest';
import { LiveCounts } from './live-counts.js';
import type { Phase } from '../../protocol/phases.js';
import type { Answer, Observation } from '../observation.js';
import { LAYOUT, sent } from '../observation.test-support.js';

function answer(client: number, lastByte: number, changes: Partial<Answer> = {}): Answer {
  return {
    type: 'answer',
    caseIndex: 0,
    phase: 'DISCOVER-OFFER',
    server: 0,
    client,
    attempt: 1,
    transaction: client,
    receivedAtUs: 0,
    fromServer: 0,
    kind: 'lease',
    answerIndex: 0,
    leaseType: 'address',
    lease: Uint8Array.of(10, 1, 0, lastByte),
    prefixLength: 32,
    validLifetime: 4_000,
    statusCode: 0,
    ...changes,
  };
}

const ACK: { phase: Phase } = { phase: 'REQUEST-ACK' };

function countOf(...seen: Parameters<LiveCounts['add']>[0][]) {
  const counts = new LiveCounts(LAYOUT);
  for (const observation of seen) counts.add(observation);
  return counts.counts[0];
}

describe('live counts', () => {
  it('begin with nothing', () => {
    expect(countOf()).toEqual({
      case: 'dhcp4',
      sent: 0,
      answered: 0,
      clientsWithLease: 0,
      clients: 4,
      duplicates: { offered: 0, committed: 0 },
    });
  });

  it('count what is sent and answered, refusals too', () => {
    const refused = answer(0, 0, { kind: 'nak', lease: new Uint8Array() });
    expect(countOf(sent(0), sent(1), refused, answer(1, 1))).toMatchObject({
      sent: 2,
      answered: 2,
      clientsWithLease: 0,
    });
  });

  it('count a client with a lease once, and none for an offer', () => {
    expect(countOf(answer(0, 1), answer(0, 1, ACK), answer(0, 1, ACK), answer(1, 2, ACK))).toMatchObject({
      clientsWithLease: 2,
    });
  });

  it('count a lease that is offered to several clients as one duplicate', () => {
    const offers = [answer(0, 1), answer(1, 1), answer(2, 1), answer(3, 2)];
    expect(countOf(...offers)).toMatchObject({ duplicates: { offered: 1, committed: 0 } });
  });

  it('count no duplicate for a lease offered twice to one client, or offered to one and committed to another', () => {
    expect(countOf(answer(0, 1), answer(0, 1), answer(1, 1, ACK))).toMatchObject({
      duplicates: { offered: 0, committed: 0 },
    });
  });

  it('count a lease committed to two clients separately from offered ones', () => {
    expect(countOf(answer(0, 1, ACK), answer(1, 1, ACK))).toMatchObject({
      duplicates: { offered: 0, committed: 1 },
    });
  });

  it('tell prefixes of different length apart', () => {
    const prefix = (client: number, prefixLength: number) => answer(client, 0, { prefixLength });
    expect(countOf(prefix(0, 56), prefix(1, 64))).toMatchObject({ duplicates: { offered: 0 } });
  });

  it('no longer count a client that gave its lease back, until it gets one again', () => {
    const release: Observation = { ...sent(0), phase: 'RELEASE' };
    expect(countOf(answer(0, 1, ACK), answer(1, 2, ACK), release, release)).toMatchObject({
      clientsWithLease: 1,
    });
    expect(countOf(answer(0, 1, ACK), release, answer(0, 1, ACK))).toMatchObject({ clientsWithLease: 1 });
  });

  it('compare first attempts only if leases are reused', () => {
    const counts = new LiveCounts(LAYOUT, true);
    for (const seen of [answer(0, 1, ACK), answer(1, 1, { ...ACK, attempt: 2 })]) counts.add(seen);
    expect(counts.counts[0]?.duplicates).toEqual({ offered: 0, committed: 0 });
    counts.add(answer(2, 1, ACK));
    expect(counts.counts[0]?.duplicates).toEqual({ offered: 0, committed: 1 });
  });
});
