import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.js';
import { decodeMessage, encodeMessage, type Dhcp4Message } from './message.js';

/* An OFFER, through a relay. */
const HEADER = [
  ...[2, 1, 6, 1], // BOOTREPLY, Ethernet, 6 bytes of hardware address, 1 hop
  ...[0xde, 0xad, 0xbe, 0xef], // xid
  ...[0x01, 0x02], // 258 seconds
  ...[0x80, 0x00], // broadcast
  ...[0, 0, 0, 0], // ciaddr
  ...[192, 0, 2, 10], // yiaddr
  ...[192, 0, 2, 2], // siaddr
  ...[192, 0, 2, 1], // giaddr
  ...[2, 0, 0, 0, 0, 9], // chaddr
  ...zeros(10), // chaddr's padding
];
const SNAME = [...Buffer.from('boot.example'), ...zeros(52)];
const FILE = [...Buffer.from('pxelinux.0'), ...zeros(118)];
const COOKIE = [99, 130, 83, 99];
const OFFER = [53, 1, 2];
const END = 255;

const message: Dhcp4Message = {
  op: 2,
  htype: 1,
  hlen: 6,
  hops: 1,
  xid: 0xdeadbeef,
  secs: 258,
  flags: 0x8000,
  ciaddr: Uint8Array.of(0, 0, 0, 0),
  yiaddr: Uint8Array.of(192, 0, 2, 10),
  siaddr: Uint8Array.of(192, 0, 2, 2),
  giaddr: Uint8Array.of(192, 0, 2, 1),
  chaddr: Uint8Array.of(2, 0, 0, 0, 0, 9, ...zeros(10)),
  sname: Uint8Array.from(SNAME),
  file: Uint8Array.from(FILE),
  options: new Map([[53, Uint8Array.of(2)]]),
};

function zeros(count: number): number[] {
  return new Array<number>(count).fill(0);
}

function datagram(options: number[], { sname = SNAME, file = FILE, header = HEADER } = {}): Uint8Array {
  return Uint8Array.from([...header, ...sname, ...file, ...COOKIE, ...options]);
}

function failure(bytes: Uint8Array): Pick<DecodeError, 'code' | 'offset'> {
  try {
    decodeMessage(bytes);
  } catch (thrown) {
    if (thrown instanceof DecodeError) return { code: thrown.code, offset: thrown.offset };
    throw thrown;
  }
  throw new Error('decoded');
}

describe('a DHCPv4 message', () => {
  it('is read field by field', () => expect(decodeMessage(datagram([...OFFER, END]))).toEqual(message));

  it('is written field by field', () => {
    expect(encodeMessage(message)).toEqual(datagram([...OFFER, END]));
  });

  it('is read from a Buffer into plain arrays', () => {
    expect(decodeMessage(Buffer.from(datagram([...OFFER, END]))).chaddr.constructor).toBe(Uint8Array);
  });

  it('may be padded before, between and after its options', () => {
    expect(decodeMessage(datagram([0, 0, ...OFFER, 0, END, 0, 0, 7]))).toEqual(message);
  });

  it('keeps unknown options and empty ones', () => {
    const { options } = decodeMessage(datagram([...OFFER, 250, 2, 0, 255, 80, 0, END]));
    expect([...options]).toEqual([
      [53, Uint8Array.of(2)],
      [250, Uint8Array.of(0, 255)],
      [80, Uint8Array.of()],
    ]);
  });

  it.each<[string, Partial<Dhcp4Message>]>([
    ['an xid of 33 bits', { xid: 2 ** 32 }],
    ['a negative xid', { xid: -1 }],
    ['half a second', { secs: 0.5 }],
    ['an IPv6 address', { yiaddr: new Uint8Array(16) }],
    ['a hardware address of 17 bytes', { hlen: 17 }],
    ['a short sname', { sname: new Uint8Array(63) }],
  ])('is not written with %s', (_, fields) => {
    expect(() => encodeMessage({ ...message, ...fields })).toThrow(RangeError);
  });
});

describe('options in file and sname', () => {
  const file = [12, 3, 97, 98, 99, END, ...zeros(122)]; // host name abc
  const sname = [12, 2, 100, 101, END, ...zeros(59)]; // host name de

  it.each<[string, number, string | undefined, number[], number[]]>([
    ['neither', 0, undefined, file, sname],
    ['file', 1, 'abc', zeros(128), sname],
    ['sname', 2, 'de', file, zeros(64)],
    // RFC 3396 section 5: the options in file come before those in sname, though file follows sname in the datagram.
    ['both', 3, 'abcde', zeros(128), zeros(64)],
  ])('are read where option overload says: %s', (_, value, hostName, fileAfter, snameAfter) => {
    const overload = value === 0 ? [] : [52, 1, value];
    const read = decodeMessage(datagram([...overload, ...OFFER, END], { file, sname }));
    const host = read.options.get(12);
    expect(host && Buffer.from(host).toString()).toBe(hostName);
    expect(read.options.has(52)).toBe(false);
    expect([...read.file]).toEqual(fileAfter);
    expect([...read.sname]).toEqual(snameAfter);
    // A message that is written again has all of them in the options field.
    expect(decodeMessage(encodeMessage(read))).toEqual(read);
  });

  it.each<[string, number[], { file?: number[]; sname?: number[] }, string, number]>([
    ['overload 0', [52, 1, 0, END], {}, 'OVERLOAD', 240],
    ['overload 4', [52, 1, 4, END], {}, 'OVERLOAD', 240],
    ['overload of two bytes', [52, 2, 1, 1, END], {}, 'OVERLOAD', 240],
    ['overload twice', [52, 1, 1, 52, 1, 1, END], {}, 'OVERLOAD', 240],
    ['overload in file', [52, 1, 1, END], { file: [52, 1, 2, END, ...zeros(124)] }, 'OVERLOAD', 240],
    ['no end in file', [52, 1, 1, END], { file: zeros(128) }, 'MISSING_END', 108],
    ['no end in sname', [52, 1, 2, END], { sname: zeros(64) }, 'MISSING_END', 44],
    ['too long for file', [52, 1, 1, END], { file: [12, 127, ...zeros(126)] }, 'OPTION_LENGTH', 110],
  ])('are refused with %s', (_, options, fields, code, offset) => {
    expect(failure(datagram(options, fields))).toEqual({ code, offset });
  });
});

describe('a datagram that is no DHCPv4 message', () => {
  const withByte = (at: number, byte: number) => datagram([END]).with(at, byte);
  it.each<[string, Uint8Array, string, number]>([
    ['nothing', new Uint8Array(0), 'TRUNCATED', 0],
    ['a header cut short', datagram([]).subarray(0, 100), 'TRUNCATED', 44],
    ['no options', datagram([]), 'MISSING_END', 240],
    ['op 0', withByte(0, 0), 'MESSAGE_TYPE', 0],
    ['op 3', withByte(0, 3), 'MESSAGE_TYPE', 0],
    ['hlen 17', withByte(2, 17), 'HARDWARE_LENGTH', 2],
    ['another cookie', withByte(239, 98), 'MAGIC_COOKIE', 236],
    ['no end', datagram(OFFER), 'MISSING_END', 240],
    ['only pads', datagram([0, 0, 0]), 'MISSING_END', 240],
    ['an option without a length', datagram([...OFFER, 12]), 'TRUNCATED', 244],
    ['an option cut short', datagram([...OFFER, 12, 3, 97, 98]), 'TRUNCATED', 245],
    ['an option over the end', datagram([...OFFER, 12, 1, END]), 'MISSING_END', 240],
  ])('%s', (_, bytes, code, offset) => expect(failure(bytes)).toEqual({ code, offset }));
});
