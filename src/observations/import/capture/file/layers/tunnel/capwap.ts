import type { Cursor } from '../cursor.js';
import { ENDS, FOLLOWS, udpPort, type Layer } from '../layer.js';
import { behindHeader } from '../link/ieee80211.js';

const DTLS = 1;
const NATIVE = 0x01;
const IEEE80211 = 1;
const FRAGMENT = 0x80;
const KEEP_ALIVE = 0x08;

/** RFC 5415 section 4.3: between an access point and its controller, an Ethernet or 802.11 frame. */
export const capwap: Layer = {
  name: 'CAPWAP',
  under: [udpPort(5247)],
  read(cursor) {
    if (!cursor.has(8)) return ENDS.short;
    const preamble = cursor.u8(0);
    if (preamble >>> 4 !== 0 || (preamble & 0x0f) > DTLS) return FOLLOWS.noTunnel;
    if (preamble === DTLS) {
      cursor.closed = 'encrypted (CAPWAP in DTLS)';
      return ENDS.done;
    }
    const length = 4 * (cursor.u8(1) >>> 3);
    const binding = (cursor.u8(2) >>> 1) & 0x1f;
    const isNative = (cursor.u8(2) & NATIVE) !== 0;
    const flags = cursor.u8(3);
    const fragmentOffset = cursor.u16(6) >>> 3;
    if (length < 8) return FOLLOWS.noTunnel;
    if (!cursor.has(length)) return ENDS.short;
    cursor.at += length;
    if (flags & KEEP_ALIVE || (flags & FRAGMENT && fragmentOffset > 0)) return ENDS.done;
    if (!isNative) return FOLLOWS.ethernet;
    return binding === IEEE80211 ? native(cursor) : ENDS.done;
  },
};

/** Some vendors swap the two bytes of frame control; the version in its first two bits is always zero. */
function native(cursor: Cursor): number {
  if (!cursor.has(2)) return ENDS.short;
  const [first, second] = [cursor.u8(0), cursor.u8(1)];
  const isSwapped = (first & 0x0f) !== 0x08 && (second & 0x0f) === 0x08;
  return isSwapped ? behindHeader(cursor, second, first, false) : behindHeader(cursor, first, second, false);
}
