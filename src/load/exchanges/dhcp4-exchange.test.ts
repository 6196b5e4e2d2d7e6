import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as v4 from '../../dhcp/v4/index.js';
import { answer4, ack4, BENCH, nak4, offer4 } from '../bench.test-support.js';
import { Dhcp4Exchange } from './dhcp4-exchange.js';
import { STEP } from './exchange.js';
import { identityOf } from '../identities/identities.js';

const exchange = new Dhcp4Exchange('127.0.0.1');
const identity = identityOf(BENCH.seed, BENCH.caseIndex, 5);
const other = identityOf(BENCH.seed, BENCH.caseIndex, 6);
const NO_TIME = { seekingS: 0, exchangingMs: 0 };
const { ack, offer } = v4.MESSAGE_TYPE;
const discovered = exchange.first(identity, 14, NO_TIME);

describe('a DISCOVER on the wire', () => {
  const message = v4.decodeMessage(exchange.first(identity, 14, { seekingS: 3, exchangingMs: 1 }));

  it('comes through a relay', () => {
    expect(message).toMatchObject({ op: v4.OP.bootRequest, hops: 1, secs: 3, flags: 0 });
    expect(v4.formatIpv4(message.giaddr)).toBe('127.0.0.1');
    expect(v4.messageType(message)).toBe(v4.MESSAGE_TYPE.discover);
    expect(message.xid).toBe(14);
  });

  it('without a relay is the client’s own, and asks for an answer by broadcast', () => {
    const onLink = new Dhcp4Exchange(undefined);
    const own = v4.decodeMessage(onLink.first(identity, 14, NO_TIME));
    expect(own).toMatchObject({ hops: 0, flags: 0x8000 });
    expect(v4.formatIpv4(own.giaddr)).toBe('0.0.0.0');
    const offered = onLink.read(offer4(discovered, '10.2.3.4'));
    expect(v4.decodeMessage(onLink.second(identity, 14, NO_TIME, offered))).toMatchObject({ flags: 0x8000 });
  });

  it('names the client byte for byte', () => {
    expect(v4.hardwareAddress(message)).toEqual(identity.hardwareAddress);
    expect(v4.clientIdentifier(message)).toEqual(identity.clientIdentifier);
  });

  it('caps its seconds at 65535', () => {
    const late = exchange.first(identity, 14, { seekingS: 1e6, exchangingMs: 0 });
    expect(v4.decodeMessage(late).secs).toBe(0xffff);
  });
});

describe('a REQUEST on the wire', () => {
  const offered = exchange.read(offer4(discovered, '10.2.3.4'));
  const message = v4.decodeMessage(exchange.second(identity, 14, NO_TIME, offered));

  it('asks the server that offered the lease for it, with the transaction id of the offer', () => {
    expect(v4.messageType(message)).toBe(v4.MESSAGE_TYPE.request);
    expect(v4.requestedAddress(message)).toEqual(v4.parseIpv4('10.2.3.4'));
    expect(v4.serverIdentifier(message)).toEqual(v4.parseIpv4('127.0.0.1'));
    expect(v4.isUnspecifiedIpv4(message.ciaddr)).toBe(true);
    expect(message.xid).toBe(v4.decodeMessage(discovered).xid);
    expect(v4.clientIdentifier(message)).toEqual(identity.clientIdentifier);
  });
});

describe('a client’s message about its lease, on the wire,', () => {
  const held = {
    serverId: v4.parseIpv4('192.0.2.7'),
    leases: [{ prefix: v4.parseIpv4('10.2.3.4'), prefixLength: 32 }],
  };
  const said = (step: number, exchangingMs = 0) =>
    v4.decodeMessage(exchange.holding(step, identity, 15, { seekingS: 9, exchangingMs }, held));

  it.each([STEP.renew, STEP.rebind])(
    'to renew or rebind, has ciaddr, and neither option 50 nor 54 (RFC 2131 section 4.3.2)',
    (step) => {
      const message = said(step, 2_900);
      expect(v4.messageType(message)).toBe(v4.MESSAGE_TYPE.request);
      expect(v4.formatIpv4(message.ciaddr)).toBe('10.2.3.4');
      expect([v4.requestedAddress(message), v4.serverIdentifier(message)]).toEqual([undefined, undefined]);
      expect(message).toMatchObject({ xid: 15, hops: 1, secs: 2 });
      expect(v4.clientIdentifier(message)).toEqual(identity.clientIdentifier);
    },
  );

  it('to release, has ciaddr and the server (RFC 2131 section 4.4.6)', () => {
    const message = said(STEP.release);
    expect(v4.messageType(message)).toBe(v4.MESSAGE_TYPE.release);
    expect(v4.formatIpv4(message.ciaddr)).toBe('10.2.3.4');
    expect([v4.requestedAddress(message), v4.serverIdentifier(message)]).toEqual([undefined, held.serverId]);
    expect(message.secs).toBe(0);
  });

  it('to decline, has option 50 and the server, and ciaddr zero (RFC 2131 section 4.4.4)', () => {
    const message = said(STEP.decline);
    expect(v4.messageType(message)).toBe(v4.MESSAGE_TYPE.decline);
    expect(v4.isUnspecifiedIpv4(message.ciaddr)).toBe(true);
    expect([v4.requestedAddress(message), v4.serverIdentifier(message)]).toEqual([
      held.leases[0]?.prefix,
      held.serverId,
    ]);
  });
});

describe('whether an answer takes the lease away', () => {
  it.each([
    ['a NAK', nak4(discovered), true],
    ['an ACK with lease time 0', answer4(discovered, { type: ack, leaseTime: 0 }), true],
    ['an ACK', ack4(discovered), false],
    ['an ACK without an address', answer4(discovered, { type: ack, address: '0.0.0.0' }), false],
  ])('is known for %s', (_, datagram, ends) => {
    expect(exchange.read(datagram).endsLease).toBe(ends);
  });
});

describe('an answer', () => {
  it.each([
    ['an OFFER', offer4(discovered), { id: 14, answer: 'offer', kind: 'lease', validLifetime: 4_000 }],
    ['an ACK', ack4(discovered), { id: 14, answer: 'commit', kind: 'lease', validLifetime: 4_000 }],
    ['a NAK', nak4(discovered), { id: 14, answer: 'commit', kind: 'nak', lease: new Uint8Array() }],
    [
      'an ACK with lease time 0',
      answer4(discovered, { type: ack, leaseTime: 0 }),
      { id: 14, answer: 'commit', kind: 'no-lease', validLifetime: 0 },
    ],
    [
      'an ACK without an address',
      answer4(discovered, { type: ack, address: '0.0.0.0' }),
      { id: 14, answer: 'commit', kind: 'no-lease', lease: new Uint8Array() },
    ],
    [
      'an OFFER for ever',
      answer4(discovered, { type: offer, leaseTime: 0xffff_ffff }),
      { id: 14, answer: 'offer', kind: 'lease', validLifetime: 0xffff_ffff },
    ],
  ])('%s', (_, datagram, expected) => {
    expect(exchange.read(datagram)).toMatchObject({ ...expected, prefixLength: 32, statusCode: 0 });
  });

  it('carries the lease that it names', () => {
    expect(exchange.read(ack4(discovered, '10.9.8.7')).lease).toEqual(Uint8Array.of(10, 9, 8, 7));
  });

  it('is for the client with this identifier and hardware address', () => {
    const reply = exchange.read(ack4(discovered));
    expect([reply.isFor(identity), reply.isFor(other)]).toEqual([true, false]);
  });

  it('without a client identifier is for the client with this hardware address', () => {
    const answer = v4.decodeMessage(ack4(discovered));
    answer.options.delete(v4.OPTION.clientIdentifier);
    const reply = exchange.read(v4.encodeMessage(answer));
    expect([reply.isFor(identity), reply.isFor(other)]).toEqual([true, false]);
  });
});

describe('the transaction id that a damaged datagram seems to carry', () => {
  it('is read where a whole message has it', () => {
    expect(exchange.guessId(ack4(discovered).subarray(0, 8))).toBe(14);
    expect(exchange.guessId(discovered.subarray(0, 7))).toBe(-1);
  });

  it('is guessed without an error for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (garbage) => {
        expect(exchange.guessId(garbage)).toBeGreaterThanOrEqual(-1);
      }),
    );
  });
});
