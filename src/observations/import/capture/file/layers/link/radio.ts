import type { Cursor } from '../cursor.js';
import { ENDS, FOLLOWS, link, type Layer } from '../layer.js';
import { behindHeader } from './ieee80211.js';

const PRESENT = { time: 1, flags: 2, more: 0x8000_0000 } as const;
const PADDED = 0x20;

/** What a card tells of a received 802.11 frame. https://www.radiotap.org */
export const radiotap: Layer = {
  name: 'radiotap',
  under: [link(127)],
  read(cursor) {
    if (!cursor.has(8)) return ENDS.short;
    const length = cursor.bytes.readUInt16LE(cursor.at + 2);
    if (length < 8) return ENDS.done;
    if (!cursor.has(length + 2)) return ENDS.short;
    const isPadded = (flagsOf(cursor, length) & PADDED) !== 0;
    cursor.at += length;
    return behindHeader(cursor, cursor.u8(0), cursor.u8(1), isPadded);
  },
};

/**
 * The flags, whose field is announced by bit 1. It stands behind the words that say which fields there are, and
 * behind the time (bit 0).
 */
function flagsOf(cursor: Cursor, length: number): number {
  const word = (at: number): number => cursor.bytes.readUInt32LE(cursor.at + at);
  const present = word(4);
  if ((present & PRESENT.flags) === 0) return 0;
  let at = 8;
  for (let last = present; last & PRESENT.more; at += 4) {
    if (at + 4 > length) return 0;
    last = word(at);
  }
  if (present & PRESENT.time) at = 8 * Math.ceil(at / 8) + 8;
  return at < length ? cursor.u8(at) : 0;
}

/** CACE's per-packet information: a header that names the link type of what follows. */
export const ppi: Layer = {
  name: 'PPI',
  under: [link(192)],
  read(cursor) {
    if (!cursor.has(8)) return ENDS.short;
    const length = cursor.bytes.readUInt16LE(cursor.at + 2);
    const type = cursor.bytes.readUInt32LE(cursor.at + 4);
    if (length < 8 || type > 0xffff) return ENDS.done;
    if (!cursor.has(length)) return ENDS.short;
    cursor.at += length;
    return link(type);
  },
};

const AVS_MAGIC = 0x80211001;

/** Prism and AVS: headers that older drivers put before 802.11. Either may stand under both link types. */
export const prism: Layer = {
  name: 'Prism and AVS',
  under: [link(119), link(163)],
  read(cursor) {
    if (!cursor.has(8)) return ENDS.short;
    // AVS is in network byte order, Prism in that of the machine.
    const isAvs = cursor.u32(0) === AVS_MAGIC;
    const length = isAvs ? cursor.u32(4) : Math.min(cursor.bytes.readUInt32LE(cursor.at + 4), cursor.u32(4));
    if (length < 8) return ENDS.done;
    if (!cursor.has(length)) return ENDS.short;
    cursor.at += length;
    return FOLLOWS.ieee80211;
  },
};
