import type { Cursor } from '../cursor.js';
import { ENDS, FOLLOWS, link, type Layer } from '../layer.js';

const PAYLOAD = 9;

/**
 * What the log target of iptables and nftables hands over: attributes of a length, a type and a value, padded to 4
 * bytes, in the byte order of the machine. https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html
 */
export const nflog: Layer = {
  name: 'NFLOG',
  under: [link(239)],
  read(cursor) {
    if (!cursor.has(4)) return ENDS.short;
    cursor.at += 4;
    const isLittle = isLittleEndian(cursor);
    const u16 = (at: number): number =>
      isLittle ? cursor.bytes.readUInt16LE(cursor.at + at) : cursor.u16(at);
    while (cursor.has(4)) {
      const length = u16(0);
      if (length < 4) return ENDS.done;
      if ((u16(2) & 0x7fff) === PAYLOAD) {
        cursor.limit(length);
        cursor.at += 4;
        return FOLLOWS.ip;
      }
      cursor.at += 4 * Math.ceil(length / 4);
    }
    return ENDS.short;
  },
};

/** Types of attributes are below 256, so the byte that is zero tells the byte order. */
function isLittleEndian(cursor: Cursor): boolean {
  return cursor.has(4) && (cursor.u8(3) & 0x7f) === 0;
}
