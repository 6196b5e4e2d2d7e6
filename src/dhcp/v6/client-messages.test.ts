import { describe, expect, it } from 'vitest';
import { parseIpv6 } from './address.js';
import { decline, rebind, release, renew, request, solicit } from './client-messages.js';
import { decodeMessage, encodeMessage } from './message.js';
import { MESSAGE_TYPE } from './message-type.js';
import { relayForward, unwrap } from './relay.js';
import type { ReplyIa, ReplyLease } from './reply.js';

const identity = { duid: Uint8Array.of(0, 4, 0, 0, 9), iaid: 0xffffffff };
const relay = {
  linkAddress: parseIpv6('2001:db8::1'),
  peerAddress: parseIpv6('fe80::9'),
  interfaceId: Uint8Array.of(0, 7),
};
const serverDuid = Uint8Array.of(0, 3, 1);

const lease = (text: string, more: Partial<ReplyLease> = {}): ReplyLease => ({
  prefix: parseIpv6(text),
  prefixLength: 128,
  preferredLifetime: 3000,
  validLifetime: 4000,
  statusCode: 0,
  ...more,
});
const ia = (type: 'na' | 'pd', leases: ReplyLease[], more: Partial<ReplyIa> = {}): ReplyIa => ({
  type,
  iaid: identity.iaid,
  t1: 1000,
  t2: 2000,
  statusCode: 0,
  statusMessage: '',
  leases,
  ...more,
});
const emptyIa = (type: 'ia-na' | 'ia-pd') => ({ type, iaid: identity.iaid, t1: 0, t2: 0, options: [] });

describe('SOLICIT', () => {
  it('asks for the IAs in their order, and has the elapsed time', () => {
    const input = { xid: 1, identity, ias: ['pd', 'na'] as const, elapsedMs: 129, requestedOptions: [23] };
    expect(solicit(input)).toEqual({
      kind: 'client-server',
      messageType: MESSAGE_TYPE.solicit,
      xid: 1,
      options: [
        { type: 'client-id', duid: identity.duid },
        emptyIa('ia-pd'),
        emptyIa('ia-na'),
        { type: 'option-request', codes: [23] },
        { type: 'elapsed-time', hundredths: 12 },
      ],
    });
  });

  it('has 0xffff for every elapsed time that does not fit (RFC 8415 section 21.9)', () => {
    const message = solicit({ xid: 1, identity, ias: [], elapsedMs: 3_600_000 });
    expect(message.options).toContainEqual({ type: 'elapsed-time', hundredths: 0xffff });
  });

  it('can ask for rapid commit', () => {
    const message = solicit({ xid: 1, identity, ias: ['na'], rapidCommit: true });
    expect(message.options).toContainEqual({ type: 'rapid-commit' });
  });

  it('is wrapped by a relay, and again by another relay', () => {
    const relayed = solicit({ xid: 1, identity, ias: ['na'], relay });
    const { interfaceId, ...addresses } = relay;
    expect(relayed).toMatchObject({
      kind: 'relay',
      messageType: MESSAGE_TYPE.relayForward,
      hopCount: 0,
      ...addresses,
    });
    expect(relayed.options[0]).toEqual({ type: 'interface-id', interfaceId });
    const twice = relayForward(relayed, addresses);
    expect(twice.hopCount).toBe(1);
    expect(decodeMessage(encodeMessage(twice))).toEqual(twice);
    expect(unwrap(twice)).toEqual({
      message: solicit({ xid: 1, identity, ias: ['na'] }),
      relays: [twice, relayed],
    });
  });
});

describe('REQUEST', () => {
  it('names the server and what it advertised, with all times zero', () => {
    const prefix = lease('2001:db8:100::', { prefixLength: 56 });
    const advertise = { serverDuid, ias: [ia('na', [lease('2001:db8::10')]), ia('pd', [prefix])] };
    const zero = { preferredLifetime: 0, validLifetime: 0, options: [] };
    expect(request({ xid: 2, identity, advertise }).options).toEqual([
      { type: 'client-id', duid: identity.duid },
      { type: 'server-id', duid: serverDuid },
      {
        ...emptyIa('ia-na'),
        options: [{ type: 'ia-address', address: parseIpv6('2001:db8::10'), ...zero }],
      },
      {
        ...emptyIa('ia-pd'),
        options: [{ type: 'ia-prefix', prefix: prefix.prefix, prefixLength: 56, ...zero }],
      },
      { type: 'elapsed-time', hundredths: 0 },
    ]);
  });

  it('asks again for an IA that was refused, without a lease', () => {
    const advertise = {
      serverDuid,
      ias: [ia('na', [lease('2001:db8::10')]), ia('pd', [], { statusCode: 6 })],
    };
    expect(request({ xid: 2, identity, advertise }).options).toContainEqual(emptyIa('ia-pd'));
  });
});

const held = [{ prefix: parseIpv6('2001:db8:8000::'), prefixLength: 64 }];

describe.each([
  ['RENEW', '18.2.4', renew, MESSAGE_TYPE.renew],
  ['RELEASE', '18.2.7', release, MESSAGE_TYPE.release],
  ['DECLINE', '18.2.8', decline, MESSAGE_TYPE.decline],
])('%s', (_, section, make, messageType) => {
  it(`names the server, and the leases in their IA with all times zero (RFC 8415 section ${section})`, () => {
    const message = make({ xid: 9, identity, serverDuid, ias: [{ type: 'pd', leases: held }] });
    expect(message).toEqual({
      kind: 'client-server',
      messageType,
      xid: 9,
      options: [
        { type: 'client-id', duid: identity.duid },
        { type: 'server-id', duid: serverDuid },
        heldIa(),
        { type: 'elapsed-time', hundredths: 0 },
      ],
    });
    expect(decodeMessage(encodeMessage(message))).toEqual(message);
  });
});

describe('REBIND', () => {
  it('names the leases in their IA, and no server (RFC 8415 section 18.2.5)', () => {
    const message = rebind({ xid: 9, identity, ias: [{ type: 'pd', leases: held }], elapsedMs: 70 });
    expect(message).toMatchObject({ messageType: MESSAGE_TYPE.rebind });
    expect(message.options).toEqual([
      { type: 'client-id', duid: identity.duid },
      heldIa(),
      { type: 'elapsed-time', hundredths: 7 },
    ]);
    expect(decodeMessage(encodeMessage(message))).toEqual(message);
  });
});

function heldIa() {
  const options = held.map((prefix) => ({
    type: 'ia-prefix',
    ...prefix,
    preferredLifetime: 0,
    validLifetime: 0,
    options: [],
  }));
  return { type: 'ia-pd', iaid: identity.iaid, t1: 0, t2: 0, options };
}
