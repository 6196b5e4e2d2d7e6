import type { Cursor } from '../cursor.js';
import { ENDS, ethertype, FOLLOWS, link, pppProtocol, typeOrLength, udpPort, type Layer } from '../layer.js';

/** The number that announces a PPP frame here: PPTP's GRE uses this ethertype (RFC 2637). */
const PPP = ethertype(0x880b);
const CISCO_UNICAST = 0x0f;
const CISCO_MULTICAST = 0x8f;

/**
 * RFC 1661, with the framing of HDLC (RFC 1662) or without. Link type 50, for serial lines, also has Cisco's HDLC.
 */
export const ppp: Layer = {
  name: 'PPP',
  under: [PPP, link(9), link(50)],
  read(cursor) {
    if (!cursor.has(4)) return ENDS.short;
    if (cursor.u16(0) === 0xff03) cursor.at += 2;
    else if (isCisco(cursor)) return ciscoHdlc.read(cursor);
    return protocol(cursor);
  },
};

/** RFC 1661 section 6.5: an odd protocol number below 256 may be compressed to one byte. */
function protocol(cursor: Cursor): number {
  if (!cursor.has(2)) return ENDS.short;
  const isCompressed = (cursor.u8(0) & 1) === 1;
  const number = isCompressed ? cursor.u8(0) : cursor.u16(0);
  cursor.at += isCompressed ? 1 : 2;
  return pppProtocol(number);
}

function isCisco(cursor: Cursor): boolean {
  return [CISCO_UNICAST, CISCO_MULTICAST].includes(cursor.u8(0)) && cursor.u8(1) === 0;
}

/** PPP with a byte of direction before it. */
export const directedPpp: Layer = {
  name: 'PPP with direction',
  under: [link(166), link(204)],
  read(cursor) {
    if (!cursor.has(1)) return ENDS.short;
    cursor.at++;
    return PPP;
  },
};

/** An address, a zero, an ethertype. */
export const ciscoHdlc: Layer = {
  name: 'Cisco HDLC',
  under: [link(104)],
  read(cursor) {
    if (!cursor.has(4)) return ENDS.short;
    const type = cursor.u16(2);
    cursor.at += 4;
    return typeOrLength(type);
  },
};

/** RFC 2516: a session's PPP frames inside Ethernet. */
export const pppoe: Layer = {
  name: 'PPPoE',
  under: [ethertype(0x8864), link(51)],
  read(cursor) {
    if (!cursor.has(6)) return ENDS.short;
    if (cursor.u16(0) !== 0x1100) return ENDS.done;
    const length = cursor.u16(4);
    cursor.at += 6;
    cursor.limit(length);
    return protocol(cursor);
  },
};

/** L2TP version 2, RFC 2661 section 3.1: data messages carry PPP. */
export const l2tp: Layer = {
  name: 'L2TP v2',
  under: [udpPort(1701)],
  read(cursor) {
    if (!cursor.has(6)) return ENDS.short;
    const flags = cursor.u16(0);
    if ((flags & 0x000f) !== 2) return FOLLOWS.noTunnel;
    if (flags & 0x8000) return ENDS.done;
    const offsetAt = 6 + (flags & 0x4000 ? 2 : 0) + (flags & 0x0800 ? 4 : 0);
    if (!cursor.has(offsetAt + 2)) return ENDS.short;
    cursor.at += flags & 0x0200 ? offsetAt + 2 + cursor.u16(offsetAt) : offsetAt;
    return cursor.has(0) ? PPP : ENDS.short;
  },
};
