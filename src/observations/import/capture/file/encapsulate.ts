import { isIPv6 } from 'node:net';
import { parseIpv4 } from '../../../../dhcp/v4/index.js';
import { parseIpv6 } from '../../../../dhcp/v6/index.js';
import type { Endpoint } from './udp.js';

const UDP = 17;
const HOP_LIMIT = 64;
const UDP_HEADER = 8;

/** Bytes that `encapsulate` puts before a payload. */
export function headerBytes(address: string): number {
  return (isIPv6(address) ? 40 : 20) + UDP_HEADER;
}

/**
 * Writes an IP packet with a UDP datagram into `packet` at offset `at`, with its checksums. The bytes there must be
 * zero.
 *
 * @param id IPv4's identification
 * @returns the packet's length
 */
export function encapsulate(
  packet: Buffer,
  at: number,
  source: Endpoint,
  destination: Endpoint,
  payload: Uint8Array,
  id: number,
): number {
  const udpBytes = UDP_HEADER + payload.length;
  const family = isIPv6(source.address) ? 6 : 4;
  const addresses = addressBytes(family, source.address, destination.address);
  const udpAt =
    at +
    (family === 6
      ? writeIpv6(packet, at, addresses, udpBytes)
      : writeIpv4(packet, at, addresses, udpBytes, id));
  packet.writeUInt16BE(source.port, udpAt);
  packet.writeUInt16BE(destination.port, udpAt + 2);
  packet.writeUInt16BE(udpBytes, udpAt + 4);
  packet.set(payload, udpAt + UDP_HEADER);
  // RFC 768 and RFC 8200 section 8.1: the checksum also covers both addresses, the protocol and the length. A result
  // of 0 is written as all ones.
  const pseudo = sum(addresses, 0, addresses.length, UDP + udpBytes);
  packet.writeUInt16BE(folded(sum(packet, udpAt, udpAt + udpBytes, pseudo)) || 0xffff, udpAt + 6);
  return udpAt - at + udpBytes;
}

/** RFC 791 section 3.1. */
function writeIpv4(packet: Buffer, at: number, addresses: Uint8Array, udpBytes: number, id: number): number {
  packet[at] = 0x45;
  packet.writeUInt16BE(20 + udpBytes, at + 2);
  packet.writeUInt16BE(id & 0xffff, at + 4);
  packet[at + 8] = HOP_LIMIT;
  packet[at + 9] = UDP;
  packet.set(addresses, at + 12);
  packet.writeUInt16BE(folded(sum(packet, at, at + 20, 0)), at + 10);
  return 20;
}

/** RFC 8200 section 3. */
function writeIpv6(packet: Buffer, at: number, addresses: Uint8Array, udpBytes: number): number {
  packet[at] = 0x60;
  packet.writeUInt16BE(udpBytes, at + 4);
  packet[at + 6] = UDP;
  packet[at + 7] = HOP_LIMIT;
  packet.set(addresses, at + 8);
  return 40;
}

/** Whether the checksum of a UDP datagram is right, or absent. `packet` has both IP addresses, then the datagram. */
export function isUdpSound(packet: Uint8Array, addressBytes: number): boolean {
  const at = addressBytes + 6;
  if (packet.length < addressBytes + UDP_HEADER) return false;
  if (packet[at] === 0 && packet[at + 1] === 0) return true;
  return folded(sum(packet, 0, packet.length, UDP + packet.length - addressBytes)) === 0;
}

function addressBytes(family: 4 | 6, ...addresses: string[]): Uint8Array {
  const parse = family === 6 ? (text: string) => parseIpv6(text.replace(/%.*/, '')) : parseIpv4;
  return Buffer.concat(addresses.map(parse));
}

/** The sum of 16-bit words. A zero byte fills up the last word. */
function sum(bytes: Uint8Array, from: number, to: number, start: number): number {
  let total = start;
  for (let at = from; at < to; at += 2) {
    total += ((bytes[at] ?? 0) << 8) | (at + 1 < to ? (bytes[at + 1] ?? 0) : 0);
  }
  return total;
}

/** RFC 1071: adds the carries in and takes the complement. */
function folded(total: number): number {
  let folding = total;
  while (folding > 0xffff) folding = (folding & 0xffff) + Math.floor(folding / 0x1_0000);
  return ~folding & 0xffff;
}
