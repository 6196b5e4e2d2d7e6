import type { Cursor } from './cursor.js';

/**
 * One protocol on the way from a captured frame to a UDP datagram. `read` looks at the header at the cursor, moves
 * the cursor behind it, and says what follows: a number that one of the functions below made, or one of `ENDS`. It
 * must not read beyond `cursor.end`.
 */
export interface Layer {
  /** The usual name of the protocol. */
  name: string;
  /** The numbers that announce this layer. */
  under: readonly number[];
  read: (cursor: Cursor) => number;
}

/** Why nothing follows. */
export const ENDS = {
  /** All was read, or the rest can't contain DHCP. */
  done: -1,
  /** The frame ends inside this header. */
  short: -2,
} as const;

/** A link type of a capture file: https://www.tcpdump.org/linktypes.html */
export const link = (type: number): number => type;
export const ethertype = (type: number): number => 0x1_0000 + type;
/** IANA's assigned internet protocol numbers. */
export const ipProtocol = (number: number): number => 0x2_0000 + number;
/** A PPP protocol number in its uncompressed form of two bytes (RFC 1661 section 2). */
export const pppProtocol = (number: number): number => 0x3_0000 + number;
export const udpPort = (port: number): number => 0x4_0000 + port;
const other = (number: number): number => 0x5_0000 + number;

/** What may follow on several layers, though their headers have no number for it. */
export const FOLLOWS = {
  ethernet: link(1),
  ieee80211: link(105),
  /** IPv4 or IPv6, as the first four bits say. */
  ip: other(0),
  /** IEEE 802.2. */
  llc: other(1),
  /** A UDP datagram that has the port of a tunnel, but does not belong to one. */
  noTunnel: other(2),
} as const;

/**
 * What the last field of an Ethernet header or a VLAN tag announces. Up to 1500 it is the length of an 802.3 frame,
 * else an ethertype.
 */
export function typeOrLength(field: number): number {
  return field <= 1_500 ? FOLLOWS.llc : ethertype(field);
}
