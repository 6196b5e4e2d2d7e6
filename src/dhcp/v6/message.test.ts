import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.js';
import { parseIpv6 } from './address.js';
import {
  decodeMessage,
  encodeMessage,
  MAX_RELAYS,
  type ClientServerMessage,
  type Dhcp6Message,
} from './message.js';
import { relayForward } from './relay.js';

const ADDRESS = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10]; // 2001:db8::10

const ADVERTISE = [
  ...[2, 0xab, 0xcd, 0xef], // ADVERTISE, transaction id
  ...[0, 1, 0, 4, 0, 4, 0, 255], // CLIENTID
  ...[0, 2, 0, 3, 0, 3, 1], // SERVERID
  ...[0, 3, 0, 46], // IA_NA
  ...[0xff, 0, 0, 1], // its IAID
  ...[0, 0, 3, 232, 0, 0, 7, 208], // T1 1000, T2 2000
  ...[0, 5, 0, 30, ...ADDRESS], // IAADDR
  ...[0, 0, 11, 184, 0, 0, 15, 160], // preferred 3000, valid 4000
  ...[0, 13, 0, 2, 0, 0], // Success, inside the address
  ...[0, 25, 0, 48], // IA_PD
  ...[0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0], // IAID 2, T1 0, T2 0
  ...[0, 26, 0, 25], // IAPREFIX
  ...[0, 0, 0, 1, 255, 255, 255, 255], // preferred 1, valid infinite
  ...[56, ...ADDRESS], // length, then prefix
  ...[0, 13, 0, 3, 0, 6, 33], // NoPrefixAvail, "!"
  ...[0, 7, 0, 1, 255], // PREFERENCE
  ...[0, 8, 0, 2, 1, 0], // ELAPSED_TIME
  ...[0, 6, 0, 4, 0, 23, 0, 24], // ORO
  ...[0, 14, 0, 0], // RAPID_COMMIT
  ...[0, 13, 0, 2, 0, 0], // STATUS_CODE of the message
  ...[0x12, 0x34, 0, 2, 0, 255], // nothing known
  ...[0, 18, 0, 1, 7], // INTERFACE_ID, which has no business here
];

const advertise: ClientServerMessage = {
  kind: 'client-server',
  messageType: 2,
  xid: 0xabcdef,
  options: [
    { type: 'client-id', duid: Uint8Array.of(0, 4, 0, 255) },
    { type: 'server-id', duid: Uint8Array.of(0, 3, 1) },
    {
      type: 'ia-na',
      iaid: 0xff000001,
      t1: 1000,
      t2: 2000,
      options: [
        {
          type: 'ia-address',
          address: Uint8Array.from(ADDRESS),
          preferredLifetime: 3000,
          validLifetime: 4000,
          options: [{ type: 'status-code', statusCode: 0, message: Uint8Array.of() }],
        },
      ],
    },
    {
      type: 'ia-pd',
      iaid: 2,
      t1: 0,
      t2: 0,
      options: [
        {
          type: 'ia-prefix',
          preferredLifetime: 1,
          validLifetime: 0xffffffff,
          prefixLength: 56,
          prefix: Uint8Array.from(ADDRESS),
          options: [],
        },
        { type: 'status-code', statusCode: 6, message: Uint8Array.of(33) },
      ],
    },
    { type: 'preference', preference: 255 },
    { type: 'elapsed-time', hundredths: 256 },
    { type: 'option-request', codes: [23, 24] },
    { type: 'rapid-commit' },
    { type: 'status-code', statusCode: 0, message: Uint8Array.of() },
    { type: 'opaque', code: 0x1234, data: Uint8Array.of(0, 255) },
    { type: 'opaque', code: 18, data: Uint8Array.of(7) },
  ],
};

const RELAY_HEAD = [
  ...[13, 0], // RELAY-REPL, hop count
  ...ADDRESS, // link-address
  ...[0xfe, 0x80, ...new Uint8Array(13), 1], // peer-address
];
const CARRIED = [0, 9, 0, 4, 7, 0, 0, 1]; // RELAY_MSG with a REPLY without options

function failure(bytes: Uint8Array | number[]): Pick<DecodeError, 'code' | 'offset'> {
  try {
    decodeMessage(Uint8Array.from(bytes));
  } catch (thrown) {
    if (thrown instanceof DecodeError) return { code: thrown.code, offset: thrown.offset };
    throw thrown;
  }
  throw new Error('decoded');
}

describe('a DHCPv6 message', () => {
  it('is read option by option, in order', () => {
    expect(decodeMessage(Uint8Array.from(ADVERTISE))).toEqual(advertise);
  });

  it('is written option by option, in order', () => {
    expect([...encodeMessage(advertise)]).toEqual(ADVERTISE);
  });

  it('may have no options', () => {
    const message = { kind: 'client-server', messageType: 7, xid: 1, options: [] } as const;
    expect(decodeMessage(Uint8Array.of(7, 0, 0, 1))).toEqual(message);
  });

  it.each<[string, ClientServerMessage]>([
    ['an xid of 25 bits', { ...advertise, xid: 2 ** 24 }],
    ['a DUID of 2 bytes', { ...advertise, options: [{ type: 'client-id', duid: new Uint8Array(2) }] }],
    ['a DUID of 131 bytes', { ...advertise, options: [{ type: 'server-id', duid: new Uint8Array(131) }] }],
    [
      '64 KiB in an option',
      { ...advertise, options: [{ type: 'opaque', code: 99, data: new Uint8Array(65536) }] },
    ],
    [
      'a prefix of 129 bits',
      {
        ...advertise,
        options: [
          {
            type: 'ia-pd',
            iaid: 1,
            t1: 0,
            t2: 0,
            options: [
              {
                type: 'ia-prefix',
                preferredLifetime: 0,
                validLifetime: 0,
                prefixLength: 129,
                prefix: new Uint8Array(16),
                options: [],
              },
            ],
          },
        ],
      },
    ],
  ])('is not written with %s', (_, message) => expect(() => encodeMessage(message)).toThrow(RangeError));
});

describe('a relay message', () => {
  it('is read with what it carries', () => {
    const bytes = [...RELAY_HEAD, 0, 18, 0, 2, 0, 255, ...CARRIED, 0, 37, 0, 1, 5];
    const message: Dhcp6Message = {
      kind: 'relay',
      messageType: 13,
      hopCount: 0,
      linkAddress: Uint8Array.from(ADDRESS),
      peerAddress: parseIpv6('fe80::1'),
      options: [
        { type: 'interface-id', interfaceId: Uint8Array.of(0, 255) },
        { type: 'relay-message', message: { kind: 'client-server', messageType: 7, xid: 1, options: [] } },
        { type: 'opaque', code: 37, data: Uint8Array.of(5) },
      ],
    };
    expect(decodeMessage(Uint8Array.from(bytes))).toEqual(message);
    expect([...encodeMessage(message)]).toEqual(bytes);
  });

  function relayed(times: number): Dhcp6Message {
    const address = new Uint8Array(16);
    let message: Dhcp6Message = advertise;
    for (let i = 0; i < times; i++)
      message = relayForward(message, { linkAddress: address, peerAddress: address });
    return message;
  }

  it('is read nine deep, as deep as hop counts reach (RFC 8415 section 7.6)', () => {
    const deepest = relayed(MAX_RELAYS);
    expect(deepest).toMatchObject({ hopCount: 8 });
    expect(decodeMessage(encodeMessage(deepest))).toEqual(deepest);
  });

  it('is refused ten deep', () => {
    // Each relay adds 34 bytes of header and 4 bytes of option header.
    expect(failure(encodeMessage(relayed(MAX_RELAYS + 1)))).toEqual({ code: 'RELAY_DEPTH', offset: 9 * 38 });
  });
});

describe('a datagram that is no DHCPv6 message', () => {
  const reply = (...options: number[]) => [7, 0, 0, 1, ...options];
  const duid = (length: number) => [0, length, ...new Uint8Array(length)];
  it.each<[string, number[], string, number]>([
    ['nothing', [], 'TRUNCATED', 0],
    ['type 0', [0, 0, 0, 1], 'MESSAGE_TYPE', 0],
    ['type 14', [14, 0, 0, 1], 'MESSAGE_TYPE', 0],
    ['an xid cut short', [7, 0, 0], 'TRUNCATED', 1],
    ['an option without a length', reply(0, 1, 0), 'TRUNCATED', 6],
    ['an option cut short', reply(0, 99, 0, 3, 1, 2), 'TRUNCATED', 8],
    ['a DUID of 2 bytes', reply(0, 1, ...duid(2)), 'OPTION_LENGTH', 8],
    ['a DUID of 131 bytes', reply(0, 2, ...duid(131)), 'OPTION_LENGTH', 8],
    ['an IA_NA of 11 bytes', reply(0, 3, ...duid(11)), 'OPTION_LENGTH', 16],
    ['an IA_PD of 11 bytes', reply(0, 25, ...duid(11)), 'OPTION_LENGTH', 16],
    ['an address reaching out of its IA', ADVERTISE.with(22, 45), 'OPTION_LENGTH', 39],
    ['a prefix reaching out of its IA', ADVERTISE.with(88, 33), 'OPTION_LENGTH', 89],
    ['a prefix of 129 bits', ADVERTISE.with(97, 129), 'PREFIX_LENGTH', 97],
    ['a status code of 1 byte', reply(0, 13, 0, 1, 0), 'OPTION_LENGTH', 8],
    ['a preference of 2 bytes', reply(0, 7, 0, 2, 0, 0), 'OPTION_LENGTH', 9],
    ['an elapsed time of 1 byte', reply(0, 8, 0, 1, 0), 'OPTION_LENGTH', 8],
    ['an elapsed time of 3 bytes', reply(0, 8, 0, 3, 0, 0, 0), 'OPTION_LENGTH', 10],
    ['a rapid commit with data', reply(0, 14, 0, 1, 0), 'OPTION_LENGTH', 8],
    ['an option request of 3 bytes', reply(0, 6, 0, 3, 0, 1, 0), 'OPTION_LENGTH', 10],
    ['a relay header cut short', RELAY_HEAD.slice(0, 33), 'TRUNCATED', 18],
    ['a relay message without a relayed message', RELAY_HEAD, 'MISSING_OPTION', 34],
    ['a relay message that carries two', [...RELAY_HEAD, ...CARRIED, ...CARRIED], 'REPEATED_OPTION', 34],
    ['a relay message that carries half a one', [...RELAY_HEAD, 0, 9, 0, 2, 7, 0], 'TRUNCATED', 39],
    ['a relay message that carries no bytes', [...RELAY_HEAD, 0, 9, 0, 0], 'TRUNCATED', 38],
  ])('%s', (_, bytes, code, offset) => expect(failure(bytes)).toEqual({ code, offset }));
});
