import { ENDS, ethertype, FOLLOWS, link, type Layer } from '../layer.js';

/** Headers that stand before the frame in captures of certain systems. */

/** Apple's captures of several interfaces at once. tcpdump on macOS has written them under link type 149. */
export const pktap: Layer = {
  name: 'Apple PKTAP',
  under: [link(258), link(149)],
  read(cursor) {
    if (!cursor.has(12)) return ENDS.short;
    const length = cursor.bytes.readUInt32LE(cursor.at);
    const type = cursor.bytes.readUInt32LE(cursor.at + 8);
    if (length < 12 || type > 0xffff) return ENDS.done;
    if (!cursor.has(length)) return ENDS.short;
    cursor.at += length;
    return link(type);
  },
};

/**
 * The log of the BSD systems' packet filter. The first byte is the header's length, without its padding to 4 bytes.
 */
export const pflog: Layer = {
  name: 'pflog',
  under: [link(117)],
  read(cursor) {
    if (!cursor.has(4)) return ENDS.short;
    const length = 4 * Math.ceil(cursor.u8(0) / 4);
    if (length < 4) return ENDS.done;
    if (!cursor.has(length)) return ENDS.short;
    cursor.at += length;
    return FOLLOWS.ip;
  },
};

/** IP over InfiniBand with its route header before it: https://www.tcpdump.org/linktypes/LINKTYPE_IPOIB.html */
export const ipoib: Layer = {
  name: 'IP over InfiniBand',
  under: [link(242)],
  read(cursor) {
    if (!cursor.has(44)) return ENDS.short;
    const type = cursor.u16(40);
    cursor.at += 44;
    return ethertype(type);
  },
};

const MACSEC_ENCRYPTED = 0x08;
const MACSEC_SCI = 0x20;

/** IEEE 802.1AE clause 9: signed frames show what is in them, encrypted ones don't. */
export const macsec: Layer = {
  name: 'MACsec',
  under: [ethertype(0x88e5)],
  read(cursor) {
    if (!cursor.has(2)) return ENDS.short;
    const flags = cursor.u8(0);
    if (flags & MACSEC_ENCRYPTED) {
      cursor.closed = 'encrypted (MACsec)';
      return ENDS.done;
    }
    const length = flags & MACSEC_SCI ? 14 : 6;
    if (!cursor.has(length + 2)) return ENDS.short;
    const type = cursor.u16(length);
    cursor.at += length + 2;
    return ethertype(type);
  },
};
