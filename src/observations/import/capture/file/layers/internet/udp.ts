import { formatIpv6 } from '../../../../../../dhcp/v6/index.js';
import { ipv4Text } from '../../../message/ipv4-text.js';
import type { Cursor } from '../cursor.js';
import { ENDS, FOLLOWS, ipProtocol, udpPort, type Layer } from '../layer.js';

const HEADER_BYTES = 8;

/**
 * RFC 768. UDP datagrams are what the capture is read for. If the port is that of a tunnel, reading goes on inside.
 */
export const udp: Layer = {
  name: 'UDP',
  under: [ipProtocol(17)],
  read(cursor) {
    // A datagram that was cut short is still of use if its ports are there.
    if (!cursor.has(4)) return ENDS.short;
    cursor.udpAt = cursor.at;
    if (!cursor.has(HEADER_BYTES)) return take(cursor);
    const destination = udpPort(cursor.u16(2));
    const tunnel = cursor.knows(destination) ? destination : udpPort(cursor.u16(0));
    if (!cursor.knows(tunnel)) return take(cursor);
    cursor.at += HEADER_BYTES;
    return tunnel;
  },
};

/** A datagram whose port is that of a tunnel by chance. */
export const noTunnel: Layer = {
  name: 'UDP',
  under: [FOLLOWS.noTunnel],
  read: take,
};

function take(cursor: Cursor): number {
  const { family, addresses, addressesAt: from, bytes, udpAt, ipEnd, captured, network } = cursor;
  const isWhole = cursor.end - udpAt >= HEADER_BYTES;
  const said = (isWhole ? bytes.readUInt16BE(udpAt + 4) : 0) || ipEnd - udpAt;
  // Bytes behind the datagram are padding of what carries it.
  const end = Math.min(udpAt + said, cursor.end);
  const at = Math.min(udpAt + HEADER_BYTES, end);
  cursor.found.push({
    family,
    network,
    source: { address: addressText(family, addresses, from), port: bytes.readUInt16BE(udpAt) },
    destination: {
      address: addressText(family, addresses, from + (family === 4 ? 4 : 16)),
      port: bytes.readUInt16BE(udpAt + 2),
    },
    payload: bytes.subarray(at, Math.max(at, end)),
    cut: end < udpAt + said,
    captured,
  });
  return ENDS.done;
}

function addressText(family: 4 | 6, bytes: Buffer, at: number): string {
  return family === 4 ? ipv4Text(bytes.readUInt32BE(at)) : formatIpv6(bytes.subarray(at, at + 16));
}
