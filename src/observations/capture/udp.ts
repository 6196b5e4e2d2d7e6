import { formatIpv4 } from '../../dhcp/v4/index.js';
import { formatIpv6 } from '../../dhcp/v6/index.js';
import type { NetworkLayer } from './link-layer.js';

/** A UDP datagram, or a fragment of something whose ports may not be seen. */
export interface Datagram {
  family: 4 | 6;
  /** Whose addresses these are: empty, or `VLAN 10`. */
  network: string;
  source: Endpoint;
  destination: Endpoint;
  /** Shorter than it was where the capture cut it off. */
  payload: Buffer;
  cut: boolean;
}

export interface Endpoint {
  address: string;
  port: number;
}

/** A part of a datagram; `id` is the same for all parts of one, `datagram` what the first one shows. */
export interface Fragment {
  id: string;
  datagram: Datagram | undefined;
}

export type Read = { datagram: Datagram } | { fragment: Fragment } | undefined;

const UDP = 17;
/** Hop-by-hop options, routing, destination options, mobility, HIP, shim6: RFC 7045 section 4; AH counts differently. */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 60, 135, 139, 140]);
const FRAGMENT = 44;
const AUTHENTICATION = 51;

/** Undefined for what is no UDP, or is cut off before its ports. */
export function readUdp({ family, offset }: NetworkLayer, packet: Buffer): Read {
  return family === 4 ? readIpv4(packet.subarray(offset)) : readIpv6(packet.subarray(offset));
}

/** RFC 791 section 3.1. */
function readIpv4(ip: Buffer): Read {
  if (ip.length < 20 || ip[9] !== UDP) return undefined;
  const headerBytes = 4 * (ip.readUInt8(0) & 0x0f);
  // A packet still to be segmented by the network card has no length yet.
  const length = ip.readUInt16BE(2) || ip.length;
  if (headerBytes < 20) return undefined;
  const source = formatIpv4(ip.subarray(12, 16));
  const destination = formatIpv4(ip.subarray(16, 20));
  const fragment = ip.readUInt16BE(6) & 0x3fff;
  const read = () => datagramIn(4, source, destination, ip, headerBytes, length);
  if (fragment === 0) return whole(read());
  const id = `${source} ${destination} ${ip.readUInt16BE(4)}`;
  return { fragment: { id, datagram: (fragment & 0x1fff) === 0 ? read() : undefined } };
}

/** RFC 8200 sections 3 and 4. */
function readIpv6(ip: Buffer): Read {
  if (ip.length < 40) return undefined;
  const source = formatIpv6(ip.subarray(8, 24));
  const destination = formatIpv6(ip.subarray(24, 40));
  const length = 40 + ip.readUInt16BE(4);
  let next = ip.readUInt8(6);
  let at = 40;
  let fragment: { id: string; first: boolean } | undefined;
  while (EXTENSIONS.has(next) || next === FRAGMENT || next === AUTHENTICATION) {
    if (ip.length < at + 8) return undefined;
    const after = ip.readUInt8(at);
    if (next === FRAGMENT) {
      const place = ip.readUInt16BE(at + 2) & 0xfff9;
      const id = `${source} ${destination} ${ip.readUInt32BE(at + 4)}`;
      // One that is the first and the last at once is whole (RFC 6946).
      if (place !== 0) fragment = { id, first: place >>> 3 === 0 };
      at += 8;
      // What follows in a later one is no header.
      if (fragment !== undefined && !fragment.first)
        return after === UDP ? { fragment: { id, datagram: undefined } } : undefined;
    } else {
      const words = ip.readUInt8(at + 1);
      at += next === AUTHENTICATION ? 4 * (words + 2) : 8 * (words + 1);
    }
    next = after;
  }
  if (next !== UDP) return undefined;
  const datagram = datagramIn(6, source, destination, ip, at, length);
  return fragment === undefined ? whole(datagram) : { fragment: { id: fragment.id, datagram } };
}

function whole(datagram: Datagram | undefined): Read {
  return datagram && { datagram };
}

/** RFC 768. Bytes behind the IP packet are padding of the link. */
function datagramIn(
  family: 4 | 6,
  source: string,
  destination: string,
  ip: Buffer,
  at: number,
  ipLength: number,
): Datagram | undefined {
  if (ip.length < at + 8) return undefined;
  const said = ip.readUInt16BE(at + 4) || ipLength - at;
  const end = Math.min(at + said, ipLength, ip.length);
  return {
    family,
    network: '',
    source: { address: source, port: ip.readUInt16BE(at) },
    destination: { address: destination, port: ip.readUInt16BE(at + 2) },
    payload: ip.subarray(at + 8, Math.max(end, at + 8)),
    cut: end < at + said,
  };
}
