import { describe, expect, it } from 'vitest';
import * as v6 from '../../dhcp/v6/index.js';
import { advertise6, answer6, Bench, reply6 } from '../bench.test-support.js';
import { Dhcp6Exchange } from '../exchanges/dhcp6-exchange.js';

/*
 * RFC 8415 section 18.2.1: a client asks to be given its lease at once. If it gets an offer instead, it takes the
 * offer.
 */

const LEASE = '2001:db8:1::10';
const OTHER = '2001:db8:1::11';
const { reply } = v6.MESSAGE_TYPE;
const exchange = () => new Dhcp6Exchange(['na'], '2001:db8:1::1', { rapidCommit: true });
const solicited = () => new Bench(exchange(), [0], { random: () => 0 }).passTo(0);
const rapid6 = (datagram: Uint8Array) => answer6(datagram, { type: reply, lease: LEASE, rapidCommit: true });

describe('a client that asks for rapid commit', () => {
  it('has the Rapid Commit option in its SOLICIT, and in no REQUEST', () => {
    const bench = solicited().arrive(advertise6(solicited().datagram(0), LEASE));
    const options = bench.sent.map(({ datagram }) =>
      v6.unwrap(v6.decodeMessage(datagram)).message.options.map(({ type }) => type),
    );
    expect(options[0]).toContain('rapid-commit');
    expect(options[1]).not.toContain('rapid-commit');
  });

  it('gets its lease with the REPLY to its SOLICIT', () => {
    const bench = solicited();
    bench.arrive(rapid6(bench.datagram(0)));
    expect(bench.story).toEqual(['SOLICIT-REPLY sent', 'SOLICIT-REPLY lease']);
    expect(bench.engine).toMatchObject({ finished: true, waiting: 0 });
  });

  it('sends a REQUEST if it only gets an offer, which commits nothing', () => {
    const bench = solicited();
    bench.arrive(advertise6(bench.datagram(0), LEASE)).arrive(reply6(bench.datagram(1), LEASE));
    expect(bench.story).toEqual([
      'SOLICIT-REPLY sent',
      'SOLICIT-REPLY offer',
      'REQUEST-REPLY sent',
      'REQUEST-REPLY lease',
    ]);
    expect(bench.engine.finished).toBe(true);
  });

  it('starts over where it is refused, by a REPLY or an ADVERTISE', () => {
    for (const type of [reply, v6.MESSAGE_TYPE.advertise]) {
      const bench = solicited();
      const refusal = { type, status: v6.STATUS.noAddrsAvail, rapidCommit: type === reply };
      bench.arrive(answer6(bench.datagram(0), refusal)).passTo(20);
      expect(bench.story).toEqual(['SOLICIT-REPLY sent', 'SOLICIT-REPLY no-lease', 'SOLICIT-REPLY sent']);
    }
  });

  it('discards a REPLY without the Rapid Commit option', () => {
    const bench = solicited();
    bench.arrive(reply6(bench.datagram(0), OTHER));
    expect(bench.of('answer')).toMatchObject([{ kind: 'unmatched', transaction: -1 }]);
    expect(bench.engine.waiting).toBe(1);
  });

  it('records a second REPLY, which leaves it with two leases', () => {
    const bench = solicited();
    bench.arrive(rapid6(bench.datagram(0))).passTo(10);
    bench.arrive(answer6(bench.datagram(0), { type: reply, lease: OTHER, rapidCommit: true }));
    expect(bench.of('answer').map(({ kind, answerIndex }) => [kind, answerIndex])).toEqual([
      ['lease', 0],
      ['lease', 1],
    ]);
  });
});
