import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encapsulate, headerBytes } from './file/encapsulate.js';
import { LINK } from './file/link-types.js';
import type { Endpoint } from './file/udp.js';

/** A packet without its link layer. */
export interface IpPacket {
  /** Whole microseconds since 1970. */
  atUs: number;
  ip: Buffer;
}

export const fixture = (name: string): string =>
  fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

/** The IP packets in a fixture: a little-endian pcap file of Ethernet frames, as libpcap writes it. */
export function ipPacketsOf(name: string): IpPacket[] {
  const file = readFileSync(fixture(name));
  const packets: IpPacket[] = [];
  for (let at = 24; at < file.length;) {
    const length = file.readUInt32LE(at + 8);
    const atUs = file.readUInt32LE(at) * 1_000_000 + file.readUInt32LE(at + 4);
    packets.push({ atUs, ip: file.subarray(at + 16 + 14, at + 16 + length) });
    at += 16 + length;
  }
  return packets;
}

/** A datagram as an IP packet. */
export function ipPacket(
  atUs: number,
  source: Endpoint,
  destination: Endpoint,
  payload: Uint8Array,
): IpPacket {
  const ip = Buffer.alloc(headerBytes(source.address) + payload.length);
  encapsulate(ip, 0, source, destination, payload, 7);
  return { atUs, ip };
}

type Link = (packet: IpPacket) => Buffer;

const MAC = Buffer.from('0200000000010200000000020000', 'hex').subarray(0, 12);
const ethertype = ({ ip }: IpPacket): Buffer =>
  Buffer.from((ip[0] ?? 0) >>> 4 === 6 ? '86dd' : '0800', 'hex');
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

/** What comes before the IP header, by the name of the link. */
export const LINKS: Readonly<Record<string, { type: number; head: Link }>> = {
  Ethernet: { type: LINK.ethernet, head: (packet) => Buffer.concat([MAC, ethertype(packet)]) },
  '802.1Q': {
    type: LINK.ethernet,
    head: (packet) => Buffer.concat([MAC, bytes('81000007'), ethertype(packet)]),
  },
  QinQ: {
    type: LINK.ethernet,
    head: (packet) => Buffer.concat([MAC, bytes('88a80005'), bytes('81000007'), ethertype(packet)]),
  },
  'Linux cooked': {
    type: LINK.linuxCooked,
    head: (packet) => Buffer.concat([bytes('0000030400060000000000000000'), ethertype(packet)]),
  },
  'Linux cooked v2': {
    type: LINK.linuxCooked2,
    head: (packet) => Buffer.concat([ethertype(packet), bytes('000000000001030400060000000000000000')]),
  },
  'raw IP': { type: LINK.raw, head: () => bytes('') },
  'BSD loopback of a little-endian machine': {
    type: LINK.null,
    head: ({ ip }) => bytes((ip[0] ?? 0) >>> 4 === 6 ? '1e000000' : '02000000'),
  },
  'OpenBSD loopback': {
    type: LINK.loop,
    head: ({ ip }) => bytes((ip[0] ?? 0) >>> 4 === 6 ? '00000018' : '00000002'),
  },
};

export interface PcapOptions {
  linkType?: number;
  head?: Link;
  bigEndian?: boolean;
  nanoseconds?: boolean;
  /** The most bytes of a packet that are stored. */
  snapLength?: number;
}

/** A pcap file of these packets. */
export function pcapFile(packets: readonly IpPacket[], options: PcapOptions = {}): Buffer {
  const { linkType = LINK.raw, head, bigEndian = false, nanoseconds = false, snapLength = 262_144 } = options;
  const u32 = (...numbers: number[]) => numbersOf(bigEndian, ...numbers);
  const header = u32(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4, 0, 0, 0, snapLength, linkType);
  if (bigEndian) header.set([0, 2, 0, 4], 4);
  else header.set([2, 0, 4, 0], 4);
  const records = packets.map((packet) => {
    const whole = Buffer.concat([head?.(packet) ?? Buffer.alloc(0), packet.ip]);
    const stored = whole.subarray(0, snapLength);
    const fraction = (packet.atUs % 1_000_000) * (nanoseconds ? 1_000 : 1);
    return Buffer.concat([
      u32(Math.floor(packet.atUs / 1_000_000), fraction, stored.length, whole.length),
      stored,
    ]);
  });
  return Buffer.concat([header, ...records]);
}

function numbersOf(bigEndian: boolean, ...numbers: number[]): Buffer {
  const buffer = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, i) =>
    bigEndian ? buffer.writeUInt32BE(number >>> 0, 4 * i) : buffer.writeUInt32LE(number >>> 0, 4 * i),
  );
  return buffer;
}

export interface PcapngOptions {
  bigEndian?: boolean;
  /** if_tsresol of the interface; microseconds without it. */
  resolution?: number;
  /** Write Simple Packet Blocks, which have no time (draft-ietf-opsawg-pcapng section 4.4). */
  simple?: boolean;
}

/** A pcapng file of these packets as raw IP. Some of its blocks carry no packet. */
export function pcapngFile(packets: readonly IpPacket[], options: PcapngOptions = {}): Buffer {
  const { bigEndian = false, resolution, simple = false } = options;
  const u32 = (...numbers: number[]) => numbersOf(bigEndian, ...numbers);
  const u16 = (number: number) => {
    const both = u32(number);
    return bigEndian ? both.subarray(2) : both.subarray(0, 2);
  };
  const block = (type: number, body: Buffer) => {
    const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)]);
    return Buffer.concat([u32(type, 12 + padded.length), padded, u32(12 + padded.length)]);
  };
  const option = (code: number, value: Buffer) =>
    Buffer.concat([u16(code), u16(value.length), value, Buffer.alloc(-value.length & 3)]);
  const described =
    resolution === undefined ? [] : [option(9, Buffer.of(resolution)), option(0, Buffer.alloc(0))];
  const unitsPerUs =
    resolution === undefined ? 1 : (resolution & 0x80 ? 2 ** (resolution & 0x7f) : 10 ** resolution) / 1e6;
  const sectionBody = Buffer.concat([u32(0x1a2b3c4d), u16(1), u16(0), u32(0xffff_ffff, 0xffff_ffff)]);
  return Buffer.concat([
    block(0x0a0d0d0a, sectionBody),
    block(1, Buffer.concat([u16(LINK.raw), u16(0), u32(0), ...described])),
    // A name resolution block, which readers pass over.
    block(4, u32(0)),
    ...packets.map(({ atUs, ip }) => {
      const units = Math.round(atUs * unitsPerUs);
      return simple
        ? block(3, Buffer.concat([u32(ip.length), ip]))
        : block(
            6,
            Buffer.concat([u32(0, Math.floor(units / 2 ** 32), units % 2 ** 32, ip.length, ip.length), ip]),
          );
    }),
  ]);
}
