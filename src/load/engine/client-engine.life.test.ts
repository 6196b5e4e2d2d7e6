import { describe, expect, it } from 'vitest';
import * as v4 from '../../dhcp/v4/index.js';
import {
  decodeMessage,
  encodeMessage,
  MESSAGE_TYPE,
  parseIpv6,
  STATUS,
  unwrap,
} from '../../dhcp/v6/index.js';
import type { Life } from '../pacing/lease-life.js';
import {
  advertise6,
  answer4,
  answer6,
  Bench,
  BENCH,
  ms,
  nak4,
  offer4,
  reply6,
  status6,
} from '../bench.test-support.js';
import type { ClientEngineRequest } from './client-engine.js';
import { Dhcp4Exchange } from '../exchanges/dhcp4-exchange.js';
import { Dhcp6Exchange } from '../exchanges/dhcp6-exchange.js';
import type { Exchange } from '../exchanges/exchange.js';

interface Case {
  exchange: () => Exchange;
  offer: (datagram: Uint8Array) => Uint8Array;
  /** A commit with a lifetime in seconds, 4,000 by default. */
  commit: (datagram: Uint8Array, validLifetime?: number) => Uint8Array;
  /** A refusal: the server has no such lease. */
  deny: (datagram: Uint8Array) => Uint8Array;
  /** The answer to a RELEASE or DECLINE; absent where the protocol has none. */
  thank?: (datagram: Uint8Array) => Uint8Array;
  phases: { renew: string; rebind: string; release: string; decline: string };
  roams: string;
  /** The phase of a client that boots again, and its answers: the client may keep its lease, or may not. */
  reboots: string;
  confirm: (datagram: Uint8Array) => Uint8Array;
  denyAfterBoot: (datagram: Uint8Array) => Uint8Array;
}

const LEASE = '2001:db8:1::10';
const CASES: Record<string, Case> = {
  dhcp4: {
    exchange: () => new Dhcp4Exchange('127.0.0.1'),
    offer: (datagram) => offer4(datagram),
    commit: (datagram, leaseTime = 4_000) => answer4(datagram, { type: v4.MESSAGE_TYPE.ack, leaseTime }),
    deny: nak4,
    phases: { renew: 'RENEW-ACK', rebind: 'REBIND-ACK', release: 'RELEASE', decline: 'DECLINE' },
    roams: 'RENEW-ACK',
    reboots: 'REBOOT-ACK',
    confirm: (datagram) => answer4(datagram, { type: v4.MESSAGE_TYPE.ack }),
    denyAfterBoot: nak4,
  },
  'dhcp6-ia-na': {
    exchange: () => new Dhcp6Exchange(['na'], '2001:db8:1::1'),
    offer: (datagram) => advertise6(datagram, LEASE),
    commit: (datagram, validLifetime = 4_000) =>
      answer6(datagram, { type: MESSAGE_TYPE.reply, lease: LEASE, validLifetime }),
    deny: (datagram) => answer6(datagram, { type: MESSAGE_TYPE.reply, status: STATUS.noBinding }),
    thank: (datagram) => answer6(datagram, { type: MESSAGE_TYPE.reply, status: STATUS.success }),
    phases: {
      renew: 'RENEW-REPLY',
      rebind: 'REBIND-REPLY',
      release: 'RELEASE-REPLY',
      decline: 'DECLINE-REPLY',
    },
    roams: 'REBIND-REPLY',
    reboots: 'CONFIRM-REPLY',
    confirm: (datagram) => status6(datagram, STATUS.success),
    denyAfterBoot: (datagram) => status6(datagram, STATUS.notOnLink),
  },
};

/** Ten acts a second at each server from the last start on, for two seconds. */
function lifeOf(acts: Partial<Life>, servers: number): ClientEngineRequest['life'] {
  const life: Life = { seconds: 2, returnDelayMs: [50, 50], renewAtT1: false, ...acts };
  return { life, arrival: 'aligned', burstSize: 1, servers, caseIndex: 0, cases: 1, seed: BENCH.seed };
}

describe.each(Object.entries(CASES))('a client of %s that holds a lease', (_, example) => {
  const { offer, commit, deny, thank, phases } = example;
  const exchange = example.exchange();

  /** One client of one server. Its lease is granted at 10 ms. Acts are due at 100 ms, 200 ms and so on. */
  function leased(acts: Partial<Life>, changes: Partial<ClientEngineRequest> = {}, lifetime?: number): Bench {
    const bench = new Bench(exchange, [0], { servers: 1, life: lifeOf(acts, 1), ...changes }).passTo(10);
    return bench.arrive(offer(bench.datagram(0))).arrive(commit(bench.datagram(1), lifetime));
  }
  const last = (bench: Bench) => bench.of('sent').at(-1);

  it('renews it when that is due, under a new transaction id, in the attempt that got the lease', () => {
    const bench = leased({ renewPerServer: 10 }).passTo(100);
    expect(bench.sent).toHaveLength(3);
    expect(last(bench)).toMatchObject({
      phase: phases.renew,
      intendedAtUs: ms(100),
      transaction: 2,
      attempt: 1,
    });
    bench.arrive(commit(bench.datagram(2))).passTo(200);
    expect(bench.of('answer').at(-1)).toMatchObject({ phase: phases.renew, kind: 'lease', transaction: 2 });
    expect(last(bench)).toMatchObject({ phase: phases.renew, intendedAtUs: ms(200), transaction: 3 });
  });

  it('does one thing at a time; an act that no client can do is counted as missed', () => {
    const bench = leased({ renewPerServer: 10 }).passTo(550);
    expect(bench.sent).toHaveLength(3);
    // At 0 ms the client had no lease yet. From 200 ms on it waits for an answer.
    expect(bench.engine.acts).toMatchObject({ due: { renew: 6 }, missed: { renew: 1 + 4, release: 0 } });
  });

  it('keeps the lease when a renewal is not answered, and renews it again', () => {
    const bench = leased({ renewPerServer: 10 }).passTo(1_100);
    expect(bench.of('timeout')).toMatchObject([{ phase: phases.renew, atUs: ms(1_100) }]);
    expect(bench.passTo(1_200).of('sent').at(-1)).toMatchObject({ phase: phases.renew, attempt: 1 });
  });

  it('loses the lease when a renewal is refused, and starts over', () => {
    const bench = leased({ renewPerServer: 10 }, { maxAttempts: 1 }).passTo(100);
    bench.arrive(deny(bench.datagram(2))).passTo(210);
    expect(last(bench)).toMatchObject({ phase: exchange.steps[0].phase, attempt: 2, intendedAtUs: ms(210) });
  });

  it('releases the lease, and comes back with the same identity after a while, time and again', () => {
    const bench = leased({ releasePerServer: 10 }, { maxAttempts: 1 }).passTo(100);
    expect(last(bench)).toMatchObject({ phase: phases.release, attempt: 1 });
    expect(bench.engine.waiting).toBe(thank === undefined ? 0 : 1);
    if (thank !== undefined) bench.arrive(thank(bench.datagram(2)));
    expect(bench.passTo(149).sent).toHaveLength(3);
    bench.passTo(150);
    expect(last(bench)).toMatchObject({ phase: exchange.steps[0].phase, attempt: 2, client: 0 });
    bench
      .arrive(offer(bench.datagram(3)))
      .arrive(commit(bench.datagram(4)))
      .passTo(200);
    expect(last(bench)).toMatchObject({ phase: phases.release, attempt: 2 });
    if (thank !== undefined) bench.arrive(thank(bench.datagram(5)));
    expect(bench.passTo(250).of('sent').at(-1)).toMatchObject({ attempt: 3 });
    expect(bench.of('timeout')).toEqual([]);
  });

  it('boots again, and asks the next server for the lease that it remembers', () => {
    const life = lifeOf({ rebootPerServer: 10 }, 2);
    const bench = new Bench(exchange, [0], { life }).passTo(10);
    bench
      .arrive(offer(bench.datagram(0)))
      .arrive(commit(bench.datagram(1)))
      .passTo(100);
    expect(last(bench)).toMatchObject({
      phase: example.reboots,
      server: 1,
      attempt: 1,
      intendedAtUs: ms(100),
    });
    bench.arrive(example.confirm(bench.datagram(2)), 1).passTo(200);
    expect(bench.of('answer').at(-1)).toMatchObject({ phase: example.reboots, fromServer: 1 });
    expect(last(bench)).toMatchObject({ phase: example.reboots, transaction: 3 });
  });

  it('starts over where it is told after a boot that its lease does not fit', () => {
    const life = lifeOf({ rebootPerServer: 10 }, 2);
    const bench = new Bench(exchange, [0], { life }).passTo(10);
    bench
      .arrive(offer(bench.datagram(0)))
      .arrive(commit(bench.datagram(1)))
      .passTo(100);
    bench.arrive(example.denyAfterBoot(bench.datagram(2)), 1).passTo(310);
    expect(last(bench)).toMatchObject({ phase: exchange.steps[0].phase, attempt: 2 });
  });

  it('declines the lease, and comes back', () => {
    const bench = leased({ declinePerServer: 10 }).passTo(100);
    expect(last(bench)).toMatchObject({ phase: phases.decline });
    if (thank !== undefined) bench.arrive(thank(bench.datagram(2)));
    expect(bench.passTo(150).of('sent').at(-1)).toMatchObject({ attempt: 2 });
  });

  it('rebinds at the next server, and then has its lease from that server', () => {
    const acts = { rebindPerServer: 10, renewPerServer: 1 };
    const bench = new Bench(exchange, [0], { life: lifeOf(acts, 2) }).passTo(10);
    bench.arrive(offer(bench.datagram(0))).arrive(commit(bench.datagram(1)));
    const servers = [];
    for (let atMs = 100; atMs <= 300; atMs += 100) {
      bench.passTo(atMs);
      servers.push([last(bench)?.phase, last(bench)?.server]);
      bench.arrive(commit(bench.datagram(-1)), last(bench)?.server);
    }
    expect(servers).toEqual([
      [phases.rebind, 1],
      [phases.rebind, 0],
      [phases.rebind, 1],
    ]);
  });

  it('falls silent, and comes back when the lifetime of its lease is over', () => {
    const bench = leased({ seconds: 9, leavePerServer: 10 }, {}, 3).passTo(3_049);
    expect(bench.sent).toHaveLength(2);
    expect(last(bench.passTo(3_060))).toMatchObject({ phase: exchange.steps[0].phase, attempt: 2 });
    // After the client has left, no client can do the act.
    expect(bench.engine.acts?.missed.leave).toBeGreaterThan(25);
  });

  it('loses the lease when its lifetime is over, counted from the REQUEST, and comes back', () => {
    const bench = leased({ seconds: 9, leavePerServer: 0.1 }, {}, 3).passTo(3_059);
    expect(bench.sent).toHaveLength(2);
    expect(last(bench.passTo(3_060))).toMatchObject({ attempt: 2, intendedAtUs: ms(3_060) });
  });

  it('keeps the lease longer by renewing it', () => {
    const bench = leased({ seconds: 9, renewPerServer: 0.5 }, {}, 3).passTo(2_000);
    bench.arrive(commit(bench.datagram(2))).passTo(3_900);
    expect(bench.sent).toHaveLength(3);
    expect(bench.engine.waiting).toBe(0);
  });

  it('does no more acts when their time is over, but an open transaction is still answered', () => {
    const bench = leased({ renewPerServer: 1, seconds: 1.5 }).passTo(1_000);
    expect(bench.engine).toMatchObject({ finished: false, waiting: 1 });
    bench.passTo(1_900);
    expect(bench.engine).toMatchObject({ finished: false, waiting: 1 });
    bench.arrive(commit(bench.datagram(2)));
    expect(bench.engine).toMatchObject({ finished: true, waiting: 0 });
    expect(bench.passTo(60_000).sent).toHaveLength(3);
  });

  it('renews the lease at the next server at once where clients roam', () => {
    const bench = new Bench(exchange, [0, 0], { roams: true }).passTo(10);
    bench.arrive(offer(bench.datagram(1)), 1).arrive(commit(bench.datagram(2)), 1);
    expect(last(bench)).toMatchObject({ phase: example.roams, client: 1, server: 0, intendedAtUs: ms(10) });
    bench.arrive(commit(bench.datagram(3)), 0);
    expect(bench.of('answer').at(-1)).toMatchObject({ phase: example.roams, kind: 'lease', fromServer: 0 });
    expect(bench.engine.finished).toBe(false);
    bench.arrive(offer(bench.datagram(0))).arrive(commit(bench.datagram(4)));
    bench.arrive(commit(bench.datagram(5)), 1);
    expect(bench.engine).toMatchObject({ finished: true, waiting: 0 });
  });

  it('starts over where another server refuses the lease', () => {
    const bench = new Bench(exchange, [0], { roams: true }).passTo(10);
    bench.arrive(offer(bench.datagram(0))).arrive(commit(bench.datagram(1)));
    bench.arrive(deny(bench.datagram(2)), 1);
    expect(bench.engine.finished).toBe(false);
    expect(bench.passTo(210).of('sent').at(-1)).toMatchObject({ attempt: 2, server: 0 });
  });

  it('gives up where one server always grants the lease and the next always refuses it', () => {
    const bench = new Bench(exchange, [0], { roams: true, maxAttempts: 3 });
    for (let answered = 0; !bench.engine.finished; answered += 3) {
      bench.passTo(bench.engine.nextAtUs / 1_000);
      bench.arrive(offer(bench.datagram(answered))).arrive(commit(bench.datagram(answered + 1)));
      bench.arrive(deny(bench.datagram(answered + 2)), 1);
    }
    expect(bench.of('sent').at(-1)).toMatchObject({ phase: example.roams, attempt: 3 });
  });
});

describe('an answer that gives a new lease in place of the one that the client held', () => {
  it('is recorded as two observations of one answer', () => {
    const life = lifeOf({ rebindPerServer: 10 }, 1);
    const bench = new Bench(new Dhcp6Exchange(['na'], '2001:db8:1::1'), [0], { servers: 1, life }).passTo(10);
    bench
      .arrive(advertise6(bench.datagram(0), LEASE))
      .arrive(reply6(bench.datagram(1), LEASE))
      .passTo(100);
    const answer = decodeMessage(reply6(bench.datagram(2), '2001:db8:1::11'));
    for (const option of unwrap(answer).message.options) {
      if (option.type !== 'ia-na') continue;
      const lifetimes = { preferredLifetime: 0, validLifetime: 0, options: [] };
      option.options.push({ type: 'ia-address', address: parseIpv6(LEASE), ...lifetimes });
    }
    bench.arrive(encodeMessage(answer));
    const [, , given, withdrawn] = bench.of('answer');
    expect(given).toMatchObject({ kind: 'lease', answerIndex: 0, lease: parseIpv6('2001:db8:1::11') });
    expect(withdrawn).toMatchObject({ kind: 'no-lease', answerIndex: 0, validLifetime: 0, statusCode: 0 });
    expect(withdrawn?.lease).toEqual(parseIpv6(LEASE));
    // From then on the client has the new lease.
    expect(bench.passTo(200).sent).toHaveLength(4);
    expect(bench.engine.waiting).toBe(1);
  });
});

describe('a prefix', () => {
  it('is never declined (RFC 8415 section 18.2.8)', () => {
    const lease = '2001:db8:8000::/64';
    const life = lifeOf({ declinePerServer: 10 }, 1);
    const bench = new Bench(new Dhcp6Exchange(['pd'], '2001:db8:2::1'), [0], { servers: 1, life }).passTo(10);
    bench
      .arrive(advertise6(bench.datagram(0), lease))
      .arrive(reply6(bench.datagram(1), lease))
      .passTo(1_990);
    expect(bench.sent).toHaveLength(2);
    expect(bench.engine.acts).toMatchObject({ due: { decline: 0 } });
  });
});
