import { ENDS, ethertype, FOLLOWS, ipProtocol, type Layer } from '../layer.js';
import { ERSPAN } from './erspan.js';

const HAS = {
  checksum: 0x8000,
  routing: 0x4000,
  key: 0x2000,
  sequence: 0x1000,
  acknowledgment: 0x0080,
} as const;
const ETHERNET = 0x6558;
const CISCO_KEEPALIVE = 0;

/** RFC 2784 and RFC 2890; version 1 is PPTP's (RFC 2637). */
export const gre: Layer = {
  name: 'GRE',
  under: [ipProtocol(47)],
  read(cursor) {
    if (!cursor.has(4)) return ENDS.short;
    const flags = cursor.u16(0);
    const type = cursor.u16(2);
    const version = flags & 7;
    // A source route (RFC 1701) has no length field; nobody has sent one for decades.
    if (version > 1 || flags & HAS.routing || type === CISCO_KEEPALIVE) return ENDS.done;
    const length =
      4 +
      (flags & HAS.checksum ? 4 : 0) +
      (flags & HAS.key ? 4 : 0) +
      (flags & HAS.sequence ? 4 : 0) +
      (version === 1 && flags & HAS.acknowledgment ? 4 : 0);
    if (!cursor.has(length)) return ENDS.short;
    cursor.at += length;
    // ERSPAN type I has no header of its own. It is recognised by a GRE header without a sequence number.
    if (type === ETHERNET || (type === ERSPAN.two && !(flags & HAS.sequence))) return FOLLOWS.ethernet;
    return ethertype(type);
  },
};
