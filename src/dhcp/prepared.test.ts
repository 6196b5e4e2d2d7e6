import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as v4 from './v4/index.js';
import * as v6 from './v6/index.js';

/* A message made from a model is byte for byte what the encoder writes. */

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const u = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });
const same = (one: Uint8Array, other: Uint8Array) => expect(Buffer.compare(one, other)).toBe(0);

describe('a prepared DHCPv4 message', () => {
  const relay = { address: v4.parseIpv4('10.0.0.1') };
  const identities = fc.record({ hardwareAddress: bytes(6), clientIdentifier: bytes(13) });
  const offers = fc.record({ yiaddr: bytes(4), serverIdentifier: bytes(4) });
  const model = { hardwareAddress: new Uint8Array(6), clientIdentifier: new Uint8Array(13) };
  const noOffer = { yiaddr: new Uint8Array(4), serverIdentifier: new Uint8Array(4) };
  const discovers = new v4.PreparedMessage(v4.discover({ xid: 0, identity: model, relay }));
  const requests = new v4.PreparedMessage(v4.request({ xid: 0, identity: model, relay, offer: noOffer }));

  it('is what the encoder writes', () => {
    fc.assert(
      fc.property(u(32), u(16), identities, offers, (xid, secs, identity, offer) => {
        const fields = { xid, secs, identity };
        same(discovers.make(fields), v4.encodeMessage(v4.discover({ ...fields, relay })));
        same(requests.make(fields, offer), v4.encodeMessage(v4.request({ ...fields, relay, offer })));
      }),
    );
  });

  it('of a client without a client identifier is what the encoder writes', () => {
    const identity = { hardwareAddress: Uint8Array.of(2, 0, 0, 0, 0, 9) };
    const prepared = new v4.PreparedMessage(v4.discover({ xid: 0, identity, relay }));
    same(
      prepared.make({ xid: 9, secs: 1, identity }),
      v4.encodeMessage(v4.discover({ xid: 9, secs: 1, identity, relay })),
    );
  });

  it('refuses an identity of other lengths', () => {
    const fields = { xid: 0, secs: 0 };
    expect(() =>
      discovers.make({ ...fields, identity: { ...model, clientIdentifier: new Uint8Array(14) } }),
    ).toThrow(RangeError);
    expect(() => discovers.make({ ...fields, identity: { hardwareAddress: model.hardwareAddress } })).toThrow(
      RangeError,
    );
    expect(() =>
      discovers.make({ ...fields, identity: { ...model, hardwareAddress: new Uint8Array(16) } }),
    ).toThrow(RangeError);
  });
});

describe.each([[['na']], [['pd']], [['na', 'pd']]] as const)('a prepared DHCPv6 message for %s', (kinds) => {
  const relay = { linkAddress: v6.parseIpv6('2001:db8::1'), peerAddress: v6.parseIpv6('fe80::1') };
  const identities = fc.record({ duid: bytes(18), iaid: u(32) });
  const model = { duid: new Uint8Array(18), iaid: 0 };
  const advertiseOf = (iaid: number, { serverDuid, leases }: v6.AcceptedLeases): v6.AcceptedAdvertise => ({
    serverDuid,
    ias: kinds.map((type, index) => ({
      type,
      iaid,
      t1: 0,
      t2: 0,
      statusCode: 0,
      statusMessage: '',
      leases: leases
        .slice(index, index + 1)
        .map((lease) => ({ ...lease, preferredLifetime: 1, validLifetime: 1, statusCode: 0 })),
    })),
  });
  const noLeases = {
    serverDuid: new Uint8Array(14),
    leases: kinds.map(() => ({ prefix: new Uint8Array(16), prefixLength: 0 })),
  };
  const accepted = fc.record({
    serverDuid: bytes(14),
    leases: fc.array(fc.record({ prefix: bytes(16), prefixLength: fc.nat(128) }), {
      minLength: kinds.length,
      maxLength: kinds.length,
    }),
  });

  it.each([['through a relay', relay] as const, ['of its own', undefined] as const])(
    '%s is what the encoder writes',
    (_, way) => {
      const solicits = new v6.PreparedMessage(
        v6.solicit({ xid: 0, identity: model, ias: kinds, relay: way }),
      );
      const requests = new v6.PreparedMessage(
        v6.request({ xid: 0, identity: model, advertise: advertiseOf(0, noLeases), relay: way }),
      );
      fc.assert(
        fc.property(u(24), fc.nat(1_000_000), identities, accepted, (xid, elapsedMs, identity, leases) => {
          const fields = { xid, elapsedMs, identity };
          same(solicits.make(fields), v6.encodeMessage(v6.solicit({ ...fields, ias: kinds, relay: way })));
          const advertise = advertiseOf(identity.iaid, leases);
          same(
            requests.make(fields, leases),
            v6.encodeMessage(v6.request({ ...fields, advertise, relay: way })),
          );
        }),
      );
    },
  );

  it('refuses DUIDs of other lengths', () => {
    const requests = new v6.PreparedMessage(
      v6.request({ xid: 0, identity: model, advertise: advertiseOf(0, noLeases), relay }),
    );
    const fields = { xid: 0, elapsedMs: 0 };
    expect(() => requests.make({ ...fields, identity: { ...model, duid: new Uint8Array(17) } })).toThrow(
      RangeError,
    );
    expect(() =>
      requests.make({ ...fields, identity: model }, { ...noLeases, serverDuid: new Uint8Array(15) }),
    ).toThrow(RangeError);
  });
});
