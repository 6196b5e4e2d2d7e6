import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as v6 from '../../dhcp/v6/index.js';
import { advertise6, answer6, BENCH, reply6, SERVER_DUID } from '../bench.test-support.js';
import { Dhcp6Exchange } from './dhcp6-exchange.js';
import { STEP } from './exchange.js';
import { identityOf } from '../identities/identities.js';

const LINK = '2001:db8:1::1';
const identity = identityOf(BENCH.seed, BENCH.caseIndex, 5);
const other = identityOf(BENCH.seed, BENCH.caseIndex, 6);
const NO_TIME = { seekingS: 0, exchangingMs: 0 };
const { advertise, reply } = v6.MESSAGE_TYPE;
const { noAddrsAvail, noPrefixAvail } = v6.STATUS;

/** What is read of a REPLY that takes a lease away. */
const ENDED = { id: 15, answer: 'commit', kind: 'no-lease', statusCode: 0, validLifetime: 0 };

const KINDS = {
  na: {
    option: 'ia-na',
    lease: '2001:db8:1::a',
    length: 128,
    refused: noAddrsAvail,
    inside: { type: 'ia-address', address: v6.parseIpv6('2001:db8:1::a') },
  },
  pd: {
    option: 'ia-pd',
    lease: '2001:db8:8000:1::/64',
    length: 64,
    refused: noPrefixAvail,
    inside: { type: 'ia-prefix', prefix: v6.parseIpv6('2001:db8:8000:1::'), prefixLength: 64 },
  },
} as const;

describe.each(['na', 'pd'] as const)('an exchange for IA_%s', (kind) => {
  const { option, lease, length, refused, inside } = KINDS[kind];
  const exchange = new Dhcp6Exchange([kind], LINK);
  const solicited = exchange.first(identity, 14, { seekingS: 9, exchangingMs: 1_239 });
  const opened = v6.unwrap(v6.decodeMessage(solicited));

  it('solicits through a relay on the link of the case', () => {
    const [relay] = opened.relays;
    expect(opened.relays).toHaveLength(1);
    expect(relay).toMatchObject({ messageType: v6.MESSAGE_TYPE.relayForward, hopCount: 0 });
    expect(relay && v6.formatIpv6(relay.linkAddress)).toBe(LINK);
    expect(relay && v6.formatIpv6(relay.peerAddress)).toBe('fe80::1');
  });

  it('without a relay speaks to the servers itself, and reads what they answer it', () => {
    const onLink = new Dhcp6Exchange([kind], undefined);
    const own = onLink.first(identity, 14, NO_TIME);
    expect(v6.decodeMessage(own)).toMatchObject({ kind: 'client-server', xid: 14 });
    expect(onLink.guessId(own)).toBe(14);
    // The same answer without the relay around it.
    const answer = v6.encodeMessage(v6.unwrap(v6.decodeMessage(advertise6(solicited, lease))).message);
    const read = onLink.read(answer);
    expect(read).toMatchObject({ id: 14, kind: 'lease' });
    expect(read.full).toBeUndefined();
    expect(v6.decodeMessage(onLink.second(identity, 15, NO_TIME, read))).toMatchObject({ xid: 15 });
    // A message through a relay is left to the full decoder.
    expect(onLink.read(advertise6(solicited, lease)).full).toBeDefined();
  });

  it('solicits one IA, and names the client byte for byte', () => {
    const { messageType, xid, options } = opened.message;
    expect([messageType, xid]).toEqual([v6.MESSAGE_TYPE.solicit, 14]);
    expect(options).toEqual([
      { type: 'client-id', duid: identity.duid },
      { type: option, iaid: identity.iaid, t1: 0, t2: 0, options: [] },
      { type: 'elapsed-time', hundredths: 123 },
    ]);
  });

  it('requests what was advertised from the server that advertised it, under a new transaction id', () => {
    const offered = exchange.read(advertise6(solicited, lease));
    const { message } = v6.unwrap(v6.decodeMessage(exchange.second(identity, 15, NO_TIME, offered)));
    expect([message.messageType, message.xid]).toEqual([v6.MESSAGE_TYPE.request, 15]);
    expect(message.xid).not.toBe(opened.message.xid);
    expect(message.options).toContainEqual({ type: 'server-id', duid: SERVER_DUID });
    expect(message.options).toContainEqual(
      expect.objectContaining({
        type: option,
        iaid: identity.iaid,
        options: [expect.objectContaining(inside)],
      }),
    );
  });

  const requested = exchange.second(identity, 15, NO_TIME, exchange.read(advertise6(solicited, lease)));
  it.each([
    ['an ADVERTISE', advertise6(solicited, lease), { id: 14, answer: 'offer', kind: 'lease', statusCode: 0 }],
    ['a REPLY', reply6(requested, lease), { id: 15, answer: 'commit', kind: 'lease', statusCode: 0 }],
    [
      'an ADVERTISE that refuses',
      answer6(solicited, { type: advertise, status: refused }),
      { id: 14, answer: 'offer', kind: 'no-lease', statusCode: refused, prefixLength: 0 },
    ],
    [
      'a REPLY that refuses',
      answer6(requested, { type: reply, status: refused }),
      { id: 15, answer: 'commit', kind: 'no-lease', statusCode: refused, validLifetime: 0 },
    ],
    ['a REPLY with valid lifetime 0', answer6(requested, { type: reply, lease, validLifetime: 0 }), ENDED],
    ['an ADVERTISE to a REQUEST', advertise6(requested, lease), { id: 15, answer: 'offer' }],
    ['a REPLY to a SOLICIT', reply6(solicited, lease), { id: 14, answer: 'commit' }],
  ])('reads %s', (_, datagram, expected) => {
    const read = exchange.read(datagram);
    const { id, answer, kind: whole, ...told } = { kind: undefined, ...expected };
    expect(read).toMatchObject({ id, answer, ...(whole && { kind: whole }) });
    const [part, ...others] = read.parts;
    expect(part).toMatchObject({ ...told, ...(whole && { kind: whole }) });
    expect(others).toEqual([]);
    if (read.kind === 'lease') {
      expect(part).toMatchObject({ prefixLength: length, validLifetime: 4_000 });
      expect(part.lease).toEqual(v6.parseIpv6(lease.split('/')[0] ?? ''));
    } else expect(part.lease).toHaveLength(expected === ENDED ? 16 : 0);
  });

  it.each([
    ['RENEW', STEP.renew, v6.MESSAGE_TYPE.renew, true, '18.2.4'],
    ['REBIND', STEP.rebind, v6.MESSAGE_TYPE.rebind, false, '18.2.5'],
    ['RELEASE', STEP.release, v6.MESSAGE_TYPE.release, true, '18.2.7'],
    ['DECLINE', STEP.decline, v6.MESSAGE_TYPE.decline, true, '18.2.8'],
  ] as const)(
    'makes a %s for the lease of a client (step %i, type %i, names its server: %s; RFC 8415 section %s)',
    (...row) => {
      const [, step, type, namesServer] = row;
      const [prefix = '', prefixLength = '128'] = lease.split('/');
      const held = {
        serverId: SERVER_DUID,
        leases: [{ prefix: v6.parseIpv6(prefix), prefixLength: Number(prefixLength) }],
      };
      const said = exchange.holding(step, identity, 16, { seekingS: 0, exchangingMs: 70 }, held);
      const { message, relays } = v6.unwrap(v6.decodeMessage(said));
      expect(relays).toHaveLength(1);
      expect(message).toMatchObject({ messageType: type, xid: 16 });
      expect(message.options).toEqual([
        { type: 'client-id', duid: identity.duid },
        ...(namesServer ? [{ type: 'server-id', duid: SERVER_DUID }] : []),
        {
          type: option,
          iaid: identity.iaid,
          t1: 0,
          t2: 0,
          options: [{ ...inside, preferredLifetime: 0, validLifetime: 0, options: [] }],
        },
        { type: 'elapsed-time', hundredths: 7 },
      ]);
    },
  );

  it.each([
    ['NoBinding', answer6(requested, { type: reply, status: v6.STATUS.noBinding }), true],
    ['a lifetime of zero', answer6(requested, { type: reply, lease, validLifetime: 0 }), true],
    ['another refusal', answer6(requested, { type: reply, status: refused }), false],
    ['a lease', reply6(requested, lease), false],
  ])('knows whether a lease is taken away: %s', (_, datagram, ends) => {
    expect(exchange.read(datagram).parts[0].endsLease).toBe(ends);
  });

  it('reads which client an answer is for', () => {
    const read = exchange.read(reply6(requested, lease));
    expect([read.isFor(identity), read.isFor(other)]).toEqual([true, false]);
    expect(read.isFor({ ...identity, iaid: other.iaid })).toBe(false);
    expect(read.isFor({ ...identity, duid: other.duid })).toBe(false);
  });

  it('caps the elapsed time at 0xffff hundredths', () => {
    const late = exchange.first(identity, 14, { seekingS: 0, exchangingMs: 1e9 });
    expect(v6.unwrap(v6.decodeMessage(late)).message.options).toContainEqual({
      type: 'elapsed-time',
      hundredths: 0xffff,
    });
  });

  it('guesses the transaction id of a damaged answer, behind its relay header', () => {
    expect(exchange.guessId(reply6(requested, lease).subarray(0, 34 + 8))).toBe(15);
    expect(exchange.guessId(reply6(requested, lease).subarray(0, 34 + 7))).toBe(-1);
  });
});

it('guessing a transaction id never throws', () => {
  const exchange = new Dhcp6Exchange(['na'], LINK);
  const datagram = advertise6(exchange.first(identity, 0, NO_TIME), '2001:db8:1::a');
  fc.assert(
    fc.property(fc.nat(datagram.length), fc.uint8Array({ maxLength: 60 }), (kept, garbage) => {
      const damaged = Uint8Array.of(...datagram.subarray(0, kept), ...garbage);
      expect(exchange.guessId(damaged)).toBeGreaterThanOrEqual(-1);
      expect(exchange.guessId(garbage)).toBeGreaterThanOrEqual(-1);
    }),
  );
});
