import { describe, expect, it } from 'vitest';
import { MESSAGE_TYPE, STATUS } from '../../dhcp/v6/index.js';
import { ack4, advertise6, answer6, Bench, BENCH, ms, nak4, offer4, reply6 } from '../bench.test-support.js';
import { Dhcp4Exchange } from '../exchanges/dhcp4-exchange.js';
import { Dhcp6Exchange } from '../exchanges/dhcp6-exchange.js';
import type { Exchange } from '../exchanges/exchange.js';

interface Case {
  exchange: () => Exchange;
  /** Make an answer that offers, commits or refuses. */
  offer: (datagram: Uint8Array) => Uint8Array;
  commit: (datagram: Uint8Array) => Uint8Array;
  refuse: (datagram: Uint8Array) => Uint8Array;
  refusal: 'nak' | 'no-lease';
  leaseBytes: number;
  prefixLength: number;
}

const CASES: Record<string, Case> = {
  dhcp4: {
    exchange: () => new Dhcp4Exchange('127.0.0.1'),
    offer: (datagram) => offer4(datagram),
    commit: (datagram) => ack4(datagram),
    refuse: nak4,
    refusal: 'nak',
    leaseBytes: 4,
    prefixLength: 32,
  },
  'dhcp6-ia-na': {
    exchange: () => new Dhcp6Exchange(['na'], '2001:db8:1::1'),
    offer: (datagram) => advertise6(datagram, '2001:db8:1::10'),
    commit: (datagram) => reply6(datagram, '2001:db8:1::10'),
    refuse: (datagram) => answer6(datagram, { type: MESSAGE_TYPE.reply, status: STATUS.noAddrsAvail }),
    refusal: 'no-lease',
    leaseBytes: 16,
    prefixLength: 128,
  },
  'dhcp6-ia-pd': {
    exchange: () => new Dhcp6Exchange(['pd'], '2001:db8:2::1'),
    offer: (datagram) => advertise6(datagram, '2001:db8:8000::/64'),
    commit: (datagram) => reply6(datagram, '2001:db8:8000::/64'),
    refuse: (datagram) => answer6(datagram, { type: MESSAGE_TYPE.reply, status: STATUS.noPrefixAvail }),
    refusal: 'no-lease',
    leaseBytes: 16,
    prefixLength: 64,
  },
};

describe.each(Object.entries(CASES))('a client of %s', (_, example) => {
  const exchange = example.exchange();
  const [first = '', second = ''] = exchange.steps.map(({ phase }) => phase);
  const { offer, commit, refuse } = example;
  const { engine: none } = new Bench(exchange, []);

  it('gets its lease in two phases', () => {
    const bench = new Bench(exchange, [100]).passTo(130);
    bench.arrive(offer(bench.datagram(0))).passTo(160);
    bench.arrive(commit(bench.datagram(1)));

    expect(bench.story).toEqual([`${first} sent`, `${first} lease`, `${second} sent`, `${second} lease`]);
    expect(bench.engine).toMatchObject({ finished: true, waiting: 0, nextAtUs: Infinity });
    const [discovered, requested] = bench.of('sent');
    expect(discovered).toMatchObject({
      intendedAtUs: ms(100),
      sentAtUs: ms(100),
      transaction: 0,
      attempt: 1,
    });
    expect(requested).toMatchObject({ intendedAtUs: ms(130), sentAtUs: ms(130), transaction: 1, attempt: 1 });
    for (const answer of bench.of('answer')) {
      expect(answer).toMatchObject({
        client: 0,
        server: 0,
        fromServer: 0,
        answerIndex: 0,
        validLifetime: 4_000,
      });
      expect(answer).toMatchObject({ leaseType: exchange.leaseTypes[0], prefixLength: example.prefixLength });
      expect(answer.lease).toHaveLength(example.leaseBytes);
    }
  });

  it('that is refused keeps its identity and starts over within the restart delay, up to its limit', () => {
    const bench = new Bench(exchange, [0], { random: () => 0 });
    for (const [attempt, atMs] of [0, 20, 40].entries()) {
      bench.passTo(atMs);
      expect(bench.sent).toHaveLength(2 * attempt + 1);
      bench.arrive(offer(bench.datagram(-1))).arrive(refuse(bench.datagram(-1)));
    }
    expect(bench.engine.finished).toBe(true);
    bench.passTo(10_000);

    const starts = bench.of('sent').filter(({ phase }) => phase === first);
    expect(starts.map(({ attempt, transaction }) => [attempt, transaction])).toEqual([
      [1, 0],
      [2, 2],
      [3, 4],
    ]);
    expect(new Set(bench.seen.map(({ client }) => client))).toEqual(new Set([0]));
    const refusals = bench.of('answer').filter(({ phase }) => phase === second);
    expect(refusals.map(({ kind }) => kind)).toEqual(Array(3).fill(example.refusal));
    expect(bench.of('timeout')).toHaveLength(0);
  });

  it('waits for a time within the bounds of the restart delay', () => {
    const bench = new Bench(exchange, [0], { random: () => 0.75, restartDelayMs: [100, 200] });
    bench
      .passTo(10)
      .arrive(offer(bench.datagram(0)))
      .arrive(refuse(bench.datagram(1)));
    expect(bench.passTo(184).sent).toHaveLength(2);
    expect(bench.passTo(185).sent).toHaveLength(3);
  });

  it('that gets no answer in time starts over; a late answer is recorded, but changes nothing', () => {
    const bench = new Bench(exchange, [0]).passTo(1_000);
    expect(bench.of('timeout')).toMatchObject([{ transaction: 0, atUs: ms(1_000) }]);
    bench.arrive(offer(bench.datagram(0)));
    expect(bench.story).toEqual([`${first} sent`, `${first} timeout`, `${first} lease`]);
    expect(bench.of('answer')).toMatchObject([{ transaction: 0, answerIndex: 0 }]);

    bench.passTo(1_110);
    expect(bench.of('sent')).toMatchObject([{ attempt: 1 }, { attempt: 2, intendedAtUs: ms(1_110) }]);
  });

  it('takes the first of several answers; the others are recorded with their number', () => {
    const bench = new Bench(exchange, [0]).passTo(0);
    const offered = offer(bench.datagram(0));
    bench.arrive(offered).arrive(offered);
    const committed = commit(bench.datagram(1));
    bench.arrive(committed).arrive(committed).arrive(committed);
    const numbered = bench.of('answer').map(({ phase, answerIndex }) => [phase, answerIndex]);
    expect(numbered).toEqual([
      [first, 0],
      [first, 1],
      [second, 0],
      [second, 1],
      [second, 2],
    ]);
    expect(bench.sent).toHaveLength(2);
  });

  it('collects offers for a while where the scenario says so, and requests the first', () => {
    const bench = new Bench(exchange, [0], { collectOffersMs: 50 }).passTo(10);
    bench.arrive(offer(bench.datagram(0))).passTo(59);
    expect(bench.sent).toHaveLength(1);
    expect(bench.engine.finished).toBe(false);
    bench.passTo(60);
    expect(bench.of('sent')[1]).toMatchObject({ phase: second, transaction: 1, intendedAtUs: ms(60) });
  });

  it('of a stopped engine starts nothing more, but an open transaction is still answered', () => {
    const bench = new Bench(exchange, [0, 0, 500]).passTo(0);
    bench.arrive(offer(bench.datagram(0))).arrive(refuse(bench.datagram(-1)));
    bench.engine.stop();
    expect(bench.engine).toMatchObject({ finished: true, waiting: 1 });
    bench
      .passTo(20)
      .arrive(offer(bench.datagram(1)), 1)
      .arrive(commit(bench.datagram(-1)), 1);
    expect(bench.engine).toMatchObject({ finished: true, waiting: 0 });
    bench.passTo(10_000);
    expect(bench.of('sent').map(({ client }) => client)).toEqual([0, 1, 0, 1]);
    expect(bench.of('answer').at(-1)).toMatchObject({ client: 1, phase: second, kind: 'lease' });
  });

  it('is not there: nothing is due, and the engine has finished at once', () => {
    expect(none).toMatchObject({ finished: true, waiting: 0, nextAtUs: Infinity });
  });
});

describe('an open loop', () => {
  const exchange = (): Exchange => new Dhcp4Exchange('127.0.0.1');
  const starts = Array.from({ length: 50 }, (_, client) => 7 * client);

  it('starts every client on time although nothing is ever answered', () => {
    const bench = new Bench(exchange(), starts.toReversed()).passTo(60_000);
    const firsts = bench.of('sent').filter(({ attempt }) => attempt === 1);
    expect(firsts.map(({ intendedAtUs }) => intendedAtUs)).toEqual(starts.map(ms));
    expect(firsts.every(({ client, server }) => server === client % BENCH.servers)).toBe(true);
    expect(bench.engine.finished).toBe(true);
  });

  it('catches up when it was held up, and keeps the intended times', () => {
    const bench = new Bench(exchange(), starts);
    for (const atMs of [198, 200, 202]) {
      bench.nowUs = ms(atMs);
      bench.engine.advance(bench.nowUs);
      bench.engine.noteDepartures();
    }
    expect(bench.of('sent')).toHaveLength(29);
    expect(bench.of('sent')[1]).toMatchObject({ intendedAtUs: ms(7), sentAtUs: ms(198) });
  });

  it('ends each transaction once: by an answer or by its time, whatever is answered', () => {
    const bench = new Bench(exchange(), starts, { random: () => 0.3 });
    let said = 0;
    for (let atMs = 0; atMs < 6_000; atMs += 5) {
      bench.passTo(atMs);
      for (; said < bench.sent.length; said++) {
        const { datagram, server } = bench.sent[said] ?? { datagram: new Uint8Array(), server: 0 };
        if (said % 3 === 0) continue;
        const isSecond = bench.of('sent')[said]?.phase === 'REQUEST-ACK';
        bench.arrive(!isSecond ? offer4(datagram) : said % 2 === 0 ? ack4(datagram) : nak4(datagram), server);
      }
    }
    expect(bench.engine).toMatchObject({ finished: true, waiting: 0 });
    const ends = new Map<number, number>();
    for (const { type, transaction } of bench.seen) {
      if (type !== 'sent') ends.set(transaction, (ends.get(transaction) ?? 0) + 1);
    }
    const transactions = bench.of('sent').map(({ transaction }) => transaction);
    expect(new Set(transactions).size).toBe(transactions.length);
    expect(transactions.filter((transaction) => ends.get(transaction) !== 1)).toEqual([]);
    expect(ends.size).toBe(transactions.length);
  });
});
