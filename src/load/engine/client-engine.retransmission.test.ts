import { describe, expect, it } from 'vitest';
import * as v4 from '../../dhcp/v4/index.js';
import * as v6 from '../../dhcp/v6/index.js';
import { advertise6, Bench, ms, offer4 } from '../bench.test-support.js';
import { Dhcp4Exchange } from '../exchanges/dhcp4-exchange.js';
import { Dhcp6Exchange } from '../exchanges/dhcp6-exchange.js';
import { STEP, type Exchange } from '../exchanges/exchange.js';
import { seededRandom } from '../pacing/random.js';

/** One attempt that outlasts every retransmission. */
const PATIENT = { retransmit: true, timeoutMs: 600_000, maxAttempts: 1 };
const dhcp4 = () => new Dhcp4Exchange('127.0.0.1');
const dhcp6 = () => new Dhcp6Exchange(['na'], '2001:db8:1::1');

/** The gaps between the transmissions of a phase, seconds. */
function gaps(bench: Bench, phase: number, exchange: Exchange): number[] {
  const sent = bench.of('sent').filter((message) => message.phase === exchange.steps[phase]?.phase);
  return sent.slice(1).map(({ sentAtUs }, n) => (sentAtUs - (sent[n]?.sentAtUs ?? 0)) / 1_000_000);
}

function secs(datagram: Uint8Array): number {
  return v4.decodeMessage(datagram).secs;
}

/** Seconds of the elapsed time option. */
function elapsed(datagram: Uint8Array): number {
  const { options } = v6.unwrap(v6.decodeMessage(datagram)).message;
  const option = options.find(({ type }) => type === 'elapsed-time');
  return (option as { hundredths: number }).hundredths / 100;
}

describe('without retransmission', () => {
  it('each message goes out once', () => {
    const bench = new Bench(dhcp4(), [0], { ...PATIENT, retransmit: false }).passTo(600_000);
    expect(bench.story).toEqual(['DISCOVER-OFFER sent', 'DISCOVER-OFFER timeout']);
  });
});

describe('retransmission in DHCPv4 (RFC 2131 section 4.1)', () => {
  it('comes after 4, 8, 16, 32, 64, 64 … seconds', () => {
    const bench = new Bench(dhcp4(), [0], PATIENT).passTo(600_000);
    expect(gaps(bench, 0, dhcp4()).slice(0, 7)).toEqual([4, 8, 16, 32, 64, 64, 64]);
    expect(bench.of('sent').map(({ retransmission }) => retransmission)).toEqual(
      bench.sent.map((_, times) => times),
    );
    expect(bench.of('sent').every(({ transaction }) => transaction === 0)).toBe(true);
  });

  it.each([0, 0.999_999, 0.1, 0.9])(
    'with random %f is at most a second off, and does not drift',
    (random) => {
      const bench = new Bench(dhcp4(), [0], { ...PATIENT, random: () => random }).passTo(600_000);
      for (const [n, gap] of gaps(bench, 0, dhcp4()).entries()) {
        expect(gap).toBeCloseTo(Math.min(4 * 2 ** n, 64) + 2 * random - 1, 3);
      }
    },
  );

  it('changes nothing but `secs`, which grows in a DISCOVER', () => {
    const bench = new Bench(dhcp4(), [0], PATIENT).passTo(30_000);
    expect(bench.sent.map(({ datagram }) => secs(datagram))).toEqual([0, 4, 12, 28]);
    for (const { datagram } of bench.sent) {
      expect({ ...v4.decodeMessage(datagram), secs: 0 }).toEqual(v4.decodeMessage(bench.datagram(0)));
    }
  });

  it('of the REQUEST keeps the `secs` of the DISCOVER that was answered (section 3.1, step 3)', () => {
    const bench = new Bench(dhcp4(), [0], PATIENT).passTo(5_000);
    bench.arrive(offer4(bench.datagram(1))).passTo(20_000);
    const requests = bench.sent.slice(2);
    expect(requests.map(({ atUs }) => atUs)).toEqual([5_000, 9_000, 17_000].map(ms));
    expect(requests.map(({ datagram }) => secs(datagram))).toEqual([4, 4, 4]);
    for (const { datagram } of requests) expect(datagram).toEqual(bench.datagram(2));
  });
});

describe('retransmission in DHCPv6 (RFC 8415 section 15)', () => {
  it('of a SOLICIT doubles from 1 second', () => {
    const bench = new Bench(dhcp6(), [0], { ...PATIENT, random: () => 0.5 }).passTo(130_000);
    // The first timeout is longer than IRT: at half of the random range, by half of the tenth allowed (section
    // 18.2.1).
    expect(gaps(bench, 0, dhcp6()).map((gap) => Number(gap.toFixed(6)))).toEqual([
      1.05, 2.1, 4.2, 8.4, 16.8, 33.6,
    ]);
  });

  it('varies by a tenth: IRT · (1 ± 0.1), then (2 ± 0.1) times the delay before; a SOLICIT’s first delay exceeds IRT', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = seededRandom(seed);
      const bench = new Bench(dhcp6(), [0], { ...PATIENT, random }).passTo(60_000);
      const [first = 0, ...more] = gaps(bench, 0, dhcp6());
      expect(first).toBeGreaterThan(1);
      expect(first).toBeLessThanOrEqual(1.1);
      let before = first;
      for (const gap of more) {
        expect(gap / before).toBeGreaterThanOrEqual(1.9 - 1e-6);
        expect(gap / before).toBeLessThanOrEqual(2.1 + 1e-6);
        before = gap;
      }
    }
  });

  it('of a REQUEST goes up to 30 s (REQ_MAX_RT), and ends with the tenth transmission (REQ_MAX_RC)', () => {
    const bench = new Bench(dhcp6(), [0], PATIENT).passTo(0);
    bench.arrive(advertise6(bench.datagram(0), '2001:db8:1::10')).passTo(600_000);
    expect(gaps(bench, 1, dhcp6())).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30]);
    expect(bench.of('timeout')).toMatchObject([{ transaction: 1, atUs: ms(600_000) }]);
  });

  it.each([
    [0, 27],
    [0.999_999, 33],
  ])('with random %f has a longest delay of %i s', (random, longest) => {
    const bench = new Bench(dhcp6(), [0], { ...PATIENT, random: () => random }).passTo(0);
    bench.arrive(advertise6(bench.datagram(0), '2001:db8:1::10')).passTo(600_000);
    expect(gaps(bench, 1, dhcp6()).at(-1)).toBeCloseTo(longest, 2);
  });

  it('changes nothing but the elapsed time, which counts from the exchange’s first message (section 21.9)', () => {
    const bench = new Bench(dhcp6(), [0], PATIENT).passTo(2_000);
    bench.arrive(advertise6(bench.datagram(1), '2001:db8:1::10')).passTo(5_000);
    // The REQUEST begins a message exchange of its own.
    expect(bench.sent.map(({ datagram }) => elapsed(datagram))).toEqual([0, 1.05, 0, 1, 3]);
    const withoutTime = (datagram: Uint8Array) =>
      v6.unwrap(v6.decodeMessage(datagram)).message.options.filter(({ type }) => type !== 'elapsed-time');
    expect(withoutTime(bench.datagram(1))).toEqual(withoutTime(bench.datagram(0)));
    expect(withoutTime(bench.datagram(4))).toEqual(withoutTime(bench.datagram(2)));
  });
});

describe('a message that gives a lease back (RFC 8415 sections 7.6 and 15)', () => {
  it.each([
    ['RELEASE', STEP.release],
    ['DECLINE', STEP.decline],
  ])('%s is transmitted four times at most: REL_MAX_RC and DEC_MAX_RC count the first one too', (_, step) => {
    expect(dhcp6().steps[step]?.retransmission.maxRetransmissions).toBe(3);
  });
});

describe('an answer', () => {
  it('ends the retransmission, also if it answers an earlier transmission', () => {
    const bench = new Bench(dhcp4(), [0], PATIENT).passTo(13_000);
    bench.arrive(offer4(bench.datagram(0)));
    expect(bench.of('sent').at(-1)).toMatchObject({ phase: 'REQUEST-ACK', retransmission: 0 });
    bench.passTo(60_000);
    expect(bench.of('sent').filter(({ phase }) => phase === 'DISCOVER-OFFER')).toHaveLength(3);
  });

  it('to each transmission counts once as the answer, then as an extra one', () => {
    const bench = new Bench(dhcp4(), [0], PATIENT).passTo(13_000);
    for (const { datagram } of bench.sent.slice(0, 3)) bench.arrive(offer4(datagram));
    expect(bench.of('answer').map(({ answerIndex }) => answerIndex)).toEqual([0, 1, 2]);
  });
});

describe('the timeout of a transaction', () => {
  it('counts from its first transmission and ends the retransmission', () => {
    const bench = new Bench(dhcp4(), [0], { ...PATIENT, timeoutMs: 10_000 }).passTo(100_000);
    expect(bench.of('sent')).toHaveLength(2);
    expect(bench.of('timeout')).toMatchObject([{ atUs: ms(10_000) }]);
    expect(bench.engine.nextAtUs).toBe(Infinity);
  });
});
