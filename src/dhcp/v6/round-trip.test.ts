import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeMessage, encodeMessage, type Dhcp6Message, type RelayOption } from './message.js';
import type { ClientServerOption } from './options/client-server.js';

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const address = fc.uint8Array({ minLength: 16, maxLength: 16 });
const duid = fc.uint8Array({ minLength: 3, maxLength: 130 });
const bytes = fc.uint8Array({ maxLength: 40 });

const is = <T extends string>(type: T) => fc.constant(type);
const opaque = fc.record({ type: is('opaque'), code: fc.integer({ min: 27, max: 0xffff }), data: bytes });
const statusCode = fc.record({ type: is('status-code'), statusCode: u16, message: bytes });
const lifetimes = { preferredLifetime: u32, validLifetime: u32 };
const inLease = fc.array(fc.oneof(statusCode, opaque), { maxLength: 2 });
const iaAddress = fc.record({ type: is('ia-address'), address, ...lifetimes, options: inLease });
const prefixLength = fc.integer({ min: 0, max: 128 });
const iaPrefix = fc.record({
  type: is('ia-prefix'),
  prefix: address,
  prefixLength,
  ...lifetimes,
  options: inLease,
});
const ia = { iaid: u32, t1: u32, t2: u32 };
const option: fc.Arbitrary<ClientServerOption> = fc.oneof(
  fc.record({ type: fc.constantFrom('client-id' as const, 'server-id' as const), duid }),
  fc.record({
    type: is('ia-na'),
    ...ia,
    options: fc.array(fc.oneof(iaAddress, statusCode, opaque), { maxLength: 4 }),
  }),
  fc.record({
    type: is('ia-pd'),
    ...ia,
    options: fc.array(fc.oneof(iaPrefix, statusCode, opaque), { maxLength: 4 }),
  }),
  fc.record({ type: is('option-request'), codes: fc.array(u16) }),
  fc.record({ type: is('preference'), preference: u8 }),
  fc.record({ type: is('elapsed-time'), hundredths: u16 }),
  fc.record({ type: is('rapid-commit') }),
  statusCode,
  opaque,
);
const clientServer: fc.Arbitrary<Dhcp6Message> = fc.record({
  kind: is('client-server'),
  messageType: fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
  xid: fc.integer({ min: 0, max: 0xffffff }),
  options: fc.array(option, { maxLength: 6 }),
});

function relay(inner: fc.Arbitrary<Dhcp6Message>): fc.Arbitrary<Dhcp6Message> {
  const others = fc.array(
    fc.oneof<fc.Arbitrary<RelayOption>[]>(
      fc.record({ type: is('interface-id'), interfaceId: bytes }),
      opaque,
    ),
    { maxLength: 2 },
  );
  return fc.record({
    kind: is('relay'),
    messageType: fc.constantFrom(12, 13),
    hopCount: u8,
    linkAddress: address,
    peerAddress: address,
    options: fc
      .tuple(others, inner, others)
      .map(([before, message, after]): RelayOption[] => [
        ...before,
        { type: 'relay-message', message },
        ...after,
      ]),
  });
}

it('every message survives being written and read, relayed or not', () => {
  const message = fc.oneof(clientServer, relay(clientServer), relay(relay(clientServer)));
  fc.assert(
    fc.property(message, (original) => {
      expect(decodeMessage(encodeMessage(original))).toEqual(original);
    }),
    { numRuns: 1000 },
  );
});
