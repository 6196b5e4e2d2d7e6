import { ENDS, ethertype, ipProtocol, pppProtocol, type Layer } from '../layer.js';

/** RFC 8200 section 3; inside IP: RFC 2473. */
export const ipv6: Layer = {
  name: 'IPv6',
  under: [ethertype(0x86dd), ipProtocol(41), pppProtocol(0x0057)],
  read(cursor) {
    if (!cursor.has(40)) return ENDS.short;
    if (cursor.u8(0) >>> 4 !== 6) return ENDS.done;
    const next = cursor.u8(6);
    cursor.family = 6;
    cursor.addresses = cursor.bytes;
    cursor.addressesAt = cursor.at + 8;
    // A packet still to be segmented by the network card has no length yet.
    const length = cursor.u16(4) || cursor.end - cursor.at - 40;
    cursor.at += 40;
    cursor.ipEnd = cursor.at + length;
    cursor.limit(length);
    return ipProtocol(next);
  },
};
