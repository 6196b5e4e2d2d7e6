import { describe, expect, it } from 'vitest';
import * as v4 from '../../dhcp/v4/index.js';
import * as v6 from '../../dhcp/v6/index.js';
import { advertise6, answer4, answer6, Bench, BENCH, offer4 } from '../bench.test-support.js';
import { Dhcp4Exchange } from '../exchanges/dhcp4-exchange.js';
import { Dhcp6Exchange } from '../exchanges/dhcp6-exchange.js';
import type { Exchange } from '../exchanges/exchange.js';
import type { ClientEngineRequest } from './client-engine.js';

const LEASE = '2001:db8:1::10';

interface Times {
  lifetime: number;
  t1?: number;
  t2?: number;
}

interface Case {
  exchange: () => Exchange;
  offer: (datagram: Uint8Array) => Uint8Array;
  commit: (datagram: Uint8Array, times: Times) => Uint8Array;
  renew: string;
  rebind: string;
  /** T1 and T2 of a lease of 100 s, where the server does not tell them; the preferred lifetime is the lifetime. */
  own: { t1: number; t2: number };
}

const CASES: Record<string, Case> = {
  dhcp4: {
    exchange: () => new Dhcp4Exchange('127.0.0.1'),
    offer: (datagram) => offer4(datagram),
    commit: (datagram, { lifetime, ...times }) =>
      answer4(datagram, { type: v4.MESSAGE_TYPE.ack, leaseTime: lifetime, ...times }),
    renew: 'RENEW-ACK',
    rebind: 'REBIND-ACK',
    own: { t1: 50, t2: 87.5 },
  },
  'dhcp6-ia-na': {
    exchange: () => new Dhcp6Exchange(['na'], '2001:db8:1::1'),
    offer: (datagram) => advertise6(datagram, LEASE),
    commit: (datagram, { lifetime, t1 = 0, t2 = 0 }) =>
      answer6(datagram, { type: v6.MESSAGE_TYPE.reply, lease: LEASE, validLifetime: lifetime, t1, t2 }),
    renew: 'RENEW-REPLY',
    rebind: 'REBIND-REPLY',
    own: { t1: 50, t2: 80 },
  },
};

describe.each(Object.entries(CASES))('a client of %s that renews when its lease says so', (_, example) => {
  const { offer, commit, renew, rebind, own } = example;
  const exchange = example.exchange();

  /** One client of two servers, whose REQUEST left at 0 ms and was answered at 0 ms. */
  function leased(times: Times, changes: Partial<ClientEngineRequest> = {}): Bench {
    const life: ClientEngineRequest['life'] = {
      life: { seconds: 1_000, returnDelayMs: [50, 50], renewAtT1: true },
      arrival: 'aligned',
      burstSize: 1,
      servers: 2,
      caseIndex: 0,
      cases: 1,
      seed: BENCH.seed,
    };
    const bench = new Bench(exchange, [0], { servers: 2, life, ...changes }).passTo(0);
    return bench.arrive(offer(bench.datagram(0))).arrive(commit(bench.datagram(1), times));
  }
  /** When each message about the lease left, seconds; its phase and server. */
  const said = (bench: Bench) =>
    bench
      .of('sent')
      .slice(2)
      .map(({ intendedAtUs, phase, server }) => [intendedAtUs / 1e6, phase, server]);

  it('renews at T1, at the server that gave the lease, time and again', () => {
    const times = { lifetime: 100, t1: 10, t2: 60 };
    const bench = leased(times).passTo(10_000);
    bench.arrive(commit(bench.datagram(2), times)).passTo(20_000);
    bench.arrive(commit(bench.datagram(3), times)).passTo(29_999);
    expect(said(bench)).toEqual([
      [10, renew, 0],
      [20, renew, 0],
    ]);
    expect(bench.engine.acts).toMatchObject({ due: { renew: 2, rebind: 0 }, missed: { renew: 0 } });
  });

  it('rebinds at T2, at the next server, if its own is silent', () => {
    const times = { lifetime: 100, t1: 10, t2: 60 };
    const bench = leased(times).passTo(60_000);
    expect(said(bench)).toEqual([
      [10, renew, 0],
      [60, rebind, 1],
    ]);
    bench.arrive(commit(bench.datagram(3), times), 1).passTo(70_000);
    expect(said(bench).at(-1)).toEqual([70, renew, 1]);
  });

  it('asks again after half of the time that is left, but not after less than a minute', () => {
    const bench = leased({ lifetime: 900, t1: 100, t2: 601 }).passTo(899_000);
    // The message at 100 s is given up at 101 s, when 500 s are left until T2; and so on. At 540.25 s half of the rest is
    // less than a minute, so the client waits until T2. After 827 s it waits for the end of its lease.
    const asked = said(bench);
    expect(asked.map(([at]) => at)).toEqual([100, 351, 476.5, 539.25, 601, 751, 826]);
    expect(asked.map(([, phase]) => phase)).toEqual([
      ...Array<string>(4).fill(renew),
      ...Array<string>(3).fill(rebind),
    ]);
  });

  it('uses times of its own where the server tells none', () => {
    const bench = leased({ lifetime: 100 }).passTo(99_000);
    expect(said(bench)).toEqual([
      [own.t1, renew, 0],
      [own.t2, rebind, 1],
    ]);
  });

  it('never renews a lease that does not end', () => {
    const bench = leased({ lifetime: 0xffff_ffff }).passTo(999_000);
    expect(said(bench)).toEqual([]);
  });

  it('loses a lease that nobody prolongs, and comes back', () => {
    const bench = leased({ lifetime: 100, t1: 10, t2: 60 }).passTo(100_050);
    expect(bench.of('sent').at(-1)).toMatchObject({ phase: exchange.steps[0].phase, attempt: 2 });
  });

  it('renews nothing any more when the time for acts is over', () => {
    const bench = leased({ lifetime: 4_000, t1: 1_200, t2: 2_000 }).passTo(3_000_000);
    expect(said(bench)).toEqual([]);
    expect(bench.engine.finished).toBe(true);
  });
});
