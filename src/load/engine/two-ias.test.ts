import { describe, expect, it } from 'vitest';
import { capturedExchanges } from '../../dhcp/captured.test-support.js';
import * as v6 from '../../dhcp/v6/index.js';
import { answer6, Bench, BENCH, ms } from '../bench.test-support.js';
import { Dhcp6Exchange } from '../exchanges/dhcp6-exchange.js';
import { Dhcp6ExchangeReply } from '../exchanges/dhcp6-reply.js';
import type { ReplyPart } from '../exchanges/exchange.js';
import { identityOf } from '../identities/identities.js';

/* IA_NA and IA_PD in one message: one answer gives a client two leases, which differ by their type. */

const ADDRESS = '2001:db8:3::10';
const PREFIX = '2001:db8:4000:1::/64';
const { advertise, reply } = v6.MESSAGE_TYPE;
const { noAddrsAvail, noPrefixAvail } = v6.STATUS;
const exchange = () => new Dhcp6Exchange(['na', 'pd'], '2001:db8:3::1');

const both = (type: typeof advertise | typeof reply) => (datagram: Uint8Array) =>
  answer6(datagram, { type, lease: ADDRESS, second: { lease: PREFIX } });
const advertiseBoth = both(advertise);
const replyBoth = both(reply);
const replyAddressOnly = (datagram: Uint8Array) =>
  answer6(datagram, { type: reply, lease: ADDRESS, second: { status: noPrefixAvail } });

const askedFor = (datagram: Uint8Array) =>
  v6
    .unwrap(v6.decodeMessage(datagram))
    .message.options.flatMap((option) =>
      option.type === 'ia-na' || option.type === 'ia-pd' ? [[option.type, option.options.length]] : [],
    );

describe('a client of dhcp6-ia-na-pd', () => {
  it('asks for both at once, requests both, and holds both when the REPLY gives both', () => {
    const bench = new Bench(exchange(), [0]).passTo(0);
    expect(askedFor(bench.datagram(0))).toEqual([
      ['ia-na', 0],
      ['ia-pd', 0],
    ]);
    bench.arrive(advertiseBoth(bench.datagram(0)));
    expect(askedFor(bench.datagram(1))).toEqual([
      ['ia-na', 1],
      ['ia-pd', 1],
    ]);
    bench.arrive(replyBoth(bench.datagram(1)));
    expect(bench.engine).toMatchObject({ finished: true, waiting: 0 });
    const told = bench
      .of('answer')
      .map((one) => [one.phase, one.leaseType, one.prefixLength, one.answerIndex]);
    expect(told).toEqual([
      ['SOLICIT-ADVERTISE', 'address', 128, 0],
      ['SOLICIT-ADVERTISE', 'prefix', 64, 0],
      ['REQUEST-REPLY', 'address', 128, 0],
      ['REQUEST-REPLY', 'prefix', 64, 0],
    ]);
  });

  it('that is refused one of them starts over with the same identity', () => {
    const bench = new Bench(exchange(), [0], { random: () => 0 }).passTo(0);
    bench.arrive(advertiseBoth(bench.datagram(0))).arrive(replyAddressOnly(bench.datagram(1)));
    const reply = bench.of('answer').slice(2);
    expect(reply).toMatchObject([
      { kind: 'lease', leaseType: 'address', lease: v6.parseIpv6(ADDRESS), answerIndex: 0 },
      { kind: 'no-lease', leaseType: 'prefix', statusCode: noPrefixAvail, answerIndex: 0 },
    ]);
    bench.passTo(20);
    expect(bench.of('sent').at(-1)).toMatchObject({ phase: 'SOLICIT-ADVERTISE', attempt: 2, client: 0 });
    bench.arrive(advertiseBoth(bench.datagram(-1))).arrive(replyBoth(bench.datagram(-1)));
    expect(bench.engine.finished).toBe(true);
  });

  it('requests both from a server that offers only one', () => {
    const bench = new Bench(exchange(), [0]).passTo(0);
    bench.arrive(
      answer6(bench.datagram(0), { type: advertise, status: noAddrsAvail, second: { lease: PREFIX } }),
    );
    expect(bench.of('answer').map(({ kind }) => kind)).toEqual(['no-lease', 'lease']);
    expect(askedFor(bench.datagram(1))).toEqual([
      ['ia-na', 0],
      ['ia-pd', 1],
    ]);
  });

  it('starts over where neither is offered', () => {
    const bench = new Bench(exchange(), [0], { random: () => 0 }).passTo(0);
    const neither = { status: noAddrsAvail, second: { status: noPrefixAvail } };
    bench.arrive(answer6(bench.datagram(0), { type: advertise, ...neither })).passTo(20);
    expect(bench.of('sent').map(({ phase, attempt }) => [phase, attempt])).toEqual([
      ['SOLICIT-ADVERTISE', 1],
      ['SOLICIT-ADVERTISE', 2],
    ]);
  });

  it('counts a second answer once, though it has two leases', () => {
    const bench = new Bench(exchange(), [0]).passTo(0);
    bench.arrive(advertiseBoth(bench.datagram(0)));
    bench
      .arrive(replyBoth(bench.datagram(1)))
      .passTo(10)
      .arrive(replyBoth(bench.datagram(1)));
    expect(bench.of('answer').map(({ answerIndex }) => answerIndex)).toEqual([0, 0, 0, 0, 1, 1]);
  });

  it('is recognised by the IAID of each IA', () => {
    const { iaid, duid } = identityOf(BENCH.seed, BENCH.caseIndex, 0);
    const bench = new Bench(exchange(), [0]).passTo(0);
    const answer = new Dhcp6ExchangeReply(['na', 'pd']).read(advertiseBoth(bench.datagram(0)));
    expect(answer.isFor(identityOf(BENCH.seed, BENCH.caseIndex, 0))).toBe(true);
    for (const other of [{ duid, iaid: iaid ^ 1 }, identityOf(BENCH.seed, BENCH.caseIndex, 1)])
      expect(answer.isFor({ ...identityOf(BENCH.seed, BENCH.caseIndex, 0), ...other })).toBe(false);
    bench.arrive(answer6(bench.datagram(0), { type: advertise, iaid: 1, lease: ADDRESS, second: {} }));
    expect(bench.of('answer').map(({ kind }) => kind)).toEqual(['wrong-client', 'wrong-client']);
    expect(bench.of('answer').every(({ receivedAtUs }) => receivedAtUs === ms(0))).toBe(true);
  });
});

function told({ leaseType, kind, lease, prefixLength, validLifetime, statusCode }: ReplyPart) {
  return { leaseType, kind, lease: [...lease], prefixLength, validLifetime, statusCode };
}

/** What the engine uses of a reply, read by the lean reader or by the full decoder. */
function read(
  kinds: ConstructorParameters<typeof Dhcp6ExchangeReply>[0],
  datagram: Uint8Array,
  whole: boolean,
) {
  const answer = new Dhcp6ExchangeReply(kinds);
  if (whole) answer.readWhole(datagram);
  else answer.read(datagram);
  const { id, kind, parts, serverDuid, answer: role } = answer;
  return { id, kind, role, serverDuid: [...serverDuid], parts: parts.map(told) };
}

const REAL = /^(solicit|request) IA_(NA|PD)( and IA_PD)?( with the pools exhausted)?$|rapid commit/;

describe.each([[['na']], [['pd']], [['na', 'pd']]] as const)('a reply about %s', (kinds) => {
  const replies = capturedExchanges('v6').flatMap(({ name, reply: captured }) =>
    captured !== undefined && REAL.test(name) ? [{ name, captured }] : [],
  );

  it.each(replies)(
    'of a real Kea is read alike by the lean reader and the full decoder: to $name',
    ({ captured }) => {
      expect(read(kinds, captured, false)).toEqual(read(kinds, captured, true));
    },
  );
});

it('the lean reader reads both leases of a real answer about both', () => {
  const { reply: captured } =
    capturedExchanges('v6').find(({ name }) => name === 'solicit IA_NA and IA_PD') ?? {};
  const answer = new Dhcp6ExchangeReply(['na', 'pd']).read(captured ?? new Uint8Array());
  expect(answer.full).toBeUndefined();
  expect(answer.kind).toBe('lease');
  expect(answer.parts.map(({ leaseType, kind }) => [leaseType, kind])).toEqual([
    ['address', 'lease'],
    ['prefix', 'lease'],
  ]);
});
