import { ENDS, ethertype, ipProtocol, pppProtocol, type Layer } from '../layer.js';
import { fragmentAt } from './fragment.js';

/** RFC 791 section 3.1; inside IP: RFC 2003. */
export const ipv4: Layer = {
  name: 'IPv4',
  under: [ethertype(0x0800), ipProtocol(4), pppProtocol(0x0021)],
  read(cursor) {
    if (!cursor.has(20)) return ENDS.short;
    const headerBytes = 4 * (cursor.u8(0) & 0x0f);
    if (cursor.u8(0) >>> 4 !== 4 || headerBytes < 20) return ENDS.done;
    // A packet still to be segmented by the network card has no length yet.
    const length = cursor.u16(2) || cursor.end - cursor.at;
    if (length < headerBytes) return ENDS.done;
    const protocol = cursor.u8(9);
    const fragment = cursor.u16(6) & 0x3fff;
    const id = cursor.u16(4);
    cursor.family = 4;
    cursor.addresses = cursor.bytes;
    cursor.addressesAt = cursor.at + 12;
    cursor.ipEnd = cursor.at + length;
    cursor.limit(length);
    if (!cursor.has(headerBytes)) return ENDS.short;
    cursor.at += headerBytes;
    if (fragment === 0) return ipProtocol(protocol);
    return fragmentAt(cursor, {
      ...{ id, protocol },
      offset: 8 * (fragment & 0x1fff),
      isLast: (fragment & 0x2000) === 0,
    });
  },
};
