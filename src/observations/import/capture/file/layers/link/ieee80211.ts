import type { Cursor } from '../cursor.js';
import { ENDS, FOLLOWS, type Layer } from '../layer.js';

const DATA = 2;
/** Bits of a data frame's subtype. */
const QOS = 8;
const NULL = 4;
/** Bits of the second byte of frame control. */
const TO_AND_FROM_DS = 0x03;
const PROTECTED = 0x40;
const HT_CONTROL = 0x80;
/** In the QoS control: several frames in one. */
const AGGREGATED = 0x80;

/** IEEE 802.11 clause 9.2: data frames carry LLC. */
export const ieee80211: Layer = {
  name: '802.11',
  under: [FOLLOWS.ieee80211],
  read(cursor) {
    if (!cursor.has(2)) return ENDS.short;
    return behindHeader(cursor, cursor.u8(0), cursor.u8(1), false);
  },
};

/**
 * Reads an 802.11 header and returns what follows it.
 *
 * @param control the first byte of frame control
 * @param flags the second byte of frame control
 * @param isPadded whether the card has filled up the header to a multiple of 4 bytes
 */
export function behindHeader(cursor: Cursor, control: number, flags: number, isPadded: boolean): number {
  const subtype = control >>> 4;
  if (((control >>> 2) & 3) !== DATA || subtype & NULL) return ENDS.done;
  const isQos = (subtype & QOS) !== 0;
  const qosAt = 24 + ((flags & TO_AND_FROM_DS) === TO_AND_FROM_DS ? 6 : 0);
  const length = qosAt + (isQos ? 2 : 0) + (isQos && flags & HT_CONTROL ? 4 : 0);
  const padded = isPadded ? 4 * Math.ceil(length / 4) : length;
  if (!cursor.has(padded)) return ENDS.short;
  if (flags & PROTECTED) {
    cursor.closed = 'protected 802.11 frames';
    return ENDS.done;
  }
  const isAggregated = isQos && (cursor.u8(qosAt) & AGGREGATED) !== 0;
  cursor.at += padded;
  return isAggregated ? ofAggregated(cursor) : FOLLOWS.llc;
}

/** A-MSDU, clause 9.3.2.2: each frame has two addresses, a length and LLC. All but the last are padded to 4 bytes. */
function ofAggregated(cursor: Cursor): number {
  for (let at = cursor.at; at + 14 <= cursor.end;) {
    const length = cursor.bytes.readUInt16BE(at + 12);
    cursor.branch(FOLLOWS.llc, at + 14, length);
    at += 4 * Math.ceil((14 + length) / 4);
  }
  // If the capture cut the frame short, nobody knows how many frames were in it.
  return ENDS.short;
}
