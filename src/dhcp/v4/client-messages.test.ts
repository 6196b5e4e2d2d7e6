import { describe, expect, it } from 'vitest';
import { parseIpv4 } from './address.js';
import { decline, discover, release, renew, request } from './client-messages.js';
import {
  clientIdentifier,
  messageType,
  relayAgentInformation,
  requestedAddress,
  serverIdentifier,
} from './fields.js';
import { decodeMessage, encodeMessage } from './message.js';
import { MESSAGE_TYPE } from './message-type.js';
import { PreparedMessage } from './prepared-message.js';

const identity = {
  hardwareAddress: Uint8Array.of(2, 0, 0, 0, 0, 9),
  // A binary identifier with zero bytes, at which other codecs stop.
  clientIdentifier: Uint8Array.of(255, 0, 0, 0, 9, 0),
};
const agentInformation = [{ code: 1, value: Uint8Array.of(0, 42) }];
const relay = { address: parseIpv4('192.0.2.1'), agentInformation };
const offer = { yiaddr: parseIpv4('192.0.2.10'), serverIdentifier: parseIpv4('192.0.2.2') };

describe('DISCOVER', () => {
  it('carries the identity, and the relay in giaddr, hops and option 82', () => {
    const message = discover({ xid: 0xffffffff, identity, relay, secs: 3, parameterRequestList: [1, 3] });
    expect(message).toMatchObject({ op: 1, htype: 1, hlen: 6, hops: 1, xid: 0xffffffff, secs: 3, flags: 0 });
    expect(message.giaddr).toEqual(relay.address);
    expect(messageType(message)).toBe(MESSAGE_TYPE.discover);
    expect(clientIdentifier(message)).toEqual(identity.clientIdentifier);
    expect(relayAgentInformation(message)).toEqual(agentInformation);
    expect([...message.options.keys()]).toEqual([53, 61, 55, 82]);
    expect(decodeMessage(encodeMessage(message))).toEqual(message);
  });

  it('has no hops, no giaddr and only its type in the options without relay and client identifier', () => {
    const message = discover({ xid: 1, identity: { hardwareAddress: identity.hardwareAddress } });
    expect(message.hops).toBe(0);
    expect([...message.giaddr]).toEqual([0, 0, 0, 0]);
    expect([...message.options.keys()]).toEqual([53]);
  });

  it('refuses a hardware address that is longer than chaddr', () => {
    expect(() => discover({ xid: 1, identity: { hardwareAddress: new Uint8Array(17) } })).toThrow(RangeError);
  });
});

describe('REQUEST', () => {
  it('names the address and the server, and has ciaddr zero (RFC 2131 section 4.3.2)', () => {
    const message = request({ xid: 7, identity, relay, offer });
    expect(messageType(message)).toBe(MESSAGE_TYPE.request);
    expect(requestedAddress(message)).toEqual(offer.yiaddr);
    expect(serverIdentifier(message)).toEqual(offer.serverIdentifier);
    expect([...message.ciaddr]).toEqual([0, 0, 0, 0]);
    expect(decodeMessage(encodeMessage(message))).toEqual(message);
  });
});

describe('RELEASE', () => {
  it('names the address in ciaddr and nowhere else, and the server (RFC 2131 table 5)', () => {
    const { yiaddr, serverIdentifier: server } = offer;
    const message = release({ xid: 9, identity, relay, address: yiaddr, serverIdentifier: server });
    expect(messageType(message)).toBe(MESSAGE_TYPE.release);
    expect(message.ciaddr).toEqual(yiaddr);
    expect([requestedAddress(message), serverIdentifier(message)]).toEqual([undefined, server]);
    expect(clientIdentifier(message)).toEqual(identity.clientIdentifier);
    expect(decodeMessage(encodeMessage(message))).toEqual(message);
  });
});

describe('REQUEST of a client that renews or rebinds', () => {
  it('names the address in ciaddr and nowhere else, and no server (RFC 2131 section 4.3.2)', () => {
    const message = renew({ xid: 9, identity, relay, address: offer.yiaddr, secs: 2 });
    expect(messageType(message)).toBe(MESSAGE_TYPE.request);
    expect(message).toMatchObject({ ciaddr: offer.yiaddr, giaddr: relay.address, secs: 2 });
    expect([requestedAddress(message), serverIdentifier(message)]).toEqual([undefined, undefined]);
    expect(clientIdentifier(message)).toEqual(identity.clientIdentifier);
    expect(decodeMessage(encodeMessage(message))).toEqual(message);
  });
});

describe('DECLINE', () => {
  it('names the address in option 50 and nowhere else, and the server (RFC 2131 table 5)', () => {
    const { yiaddr, serverIdentifier: server } = offer;
    const message = decline({ xid: 9, identity, relay, address: yiaddr, serverIdentifier: server });
    expect(messageType(message)).toBe(MESSAGE_TYPE.decline);
    expect([...message.ciaddr]).toEqual([0, 0, 0, 0]);
    expect(message.secs).toBe(0);
    expect([requestedAddress(message), serverIdentifier(message)]).toEqual([yiaddr, server]);
    expect(clientIdentifier(message)).toEqual(identity.clientIdentifier);
    expect(decodeMessage(encodeMessage(message))).toEqual(message);
  });
});

describe('a message prepared from a model', () => {
  const other = {
    hardwareAddress: Uint8Array.of(2, 0, 0, 0, 0, 7),
    clientIdentifier: Uint8Array.of(255, 0, 0, 0, 7, 0),
  };
  const lease = { yiaddr: parseIpv4('192.0.2.77'), serverIdentifier: parseIpv4('192.0.2.3') };
  const { yiaddr: address, serverIdentifier } = lease;
  it.each([
    [
      'request',
      request({ xid: 1, identity, relay, offer }),
      request({ xid: 5, identity: other, relay, offer: lease }),
    ],
    [
      'renew',
      renew({ xid: 1, identity, relay, address: offer.yiaddr }),
      renew({ xid: 5, identity: other, relay, address }),
    ],
    [
      'release',
      release({ xid: 1, identity, relay, address: offer.yiaddr, serverIdentifier: offer.serverIdentifier }),
      release({ xid: 5, identity: other, relay, address, serverIdentifier }),
    ],
    [
      'decline',
      decline({ xid: 1, identity, relay, address: offer.yiaddr, serverIdentifier: offer.serverIdentifier }),
      decline({ xid: 5, identity: other, relay, address, serverIdentifier }),
    ],
  ])('%s is byte for byte what the encoder writes for that client and lease', (_, model, wanted) => {
    const made = new PreparedMessage(model).make({ xid: 5, secs: 0, identity: other }, lease);
    expect(Uint8Array.from(made)).toEqual(encodeMessage(wanted));
  });
});
