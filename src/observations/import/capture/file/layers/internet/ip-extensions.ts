import type { Cursor } from '../cursor.js';
import { ENDS, ipProtocol, type Layer } from '../layer.js';
import { fragmentAt } from './fragment.js';

/** RFC 8200 section 4: what may stand between an IPv6 header and UDP. */
export const extension: Layer = {
  name: 'IPv6 extension headers',
  // Hop-by-hop options, routing, destination options, mobility, HIP, shim6: RFC 7045 section 4.
  under: [0, 43, 60, 135, 139, 140].map(ipProtocol),
  read: (cursor) => behind(cursor, cursor.has(8) ? 8 * (cursor.u8(1) + 1) : 8),
};

/** RFC 4302: signed, but not encrypted. The length in the header counts units of 4 bytes. */
export const authentication: Layer = {
  name: 'AH',
  under: [ipProtocol(51)],
  read: (cursor) => behind(cursor, cursor.has(8) ? 4 * (cursor.u8(1) + 2) : 8),
};

function behind(cursor: Cursor, length: number): number {
  if (!cursor.has(length)) return ENDS.short;
  const next = cursor.u8(0);
  cursor.at += length;
  return ipProtocol(next);
}

/** RFC 8200 section 4.5. */
export const ipv6Fragment: Layer = {
  name: 'IPv6 fragments',
  under: [ipProtocol(44)],
  read(cursor) {
    if (!cursor.has(8)) return ENDS.short;
    const protocol = cursor.u8(0);
    const place = cursor.u16(2) & 0xfff9;
    const id = cursor.u32(4);
    cursor.at += 8;
    // A fragment that is the first and the last at once is a whole packet (RFC 6946).
    if (place === 0) return ipProtocol(protocol);
    return fragmentAt(cursor, { id, protocol, offset: place & 0xfff8, isLast: (place & 1) === 0 });
  },
};

/** RFC 4303. */
export const esp: Layer = {
  name: 'ESP',
  under: [ipProtocol(50)],
  read(cursor) {
    cursor.closed = 'encrypted (ESP)';
    return ENDS.done;
  },
};
