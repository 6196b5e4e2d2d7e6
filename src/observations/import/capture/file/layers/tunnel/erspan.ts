import type { Cursor } from '../cursor.js';
import { ENDS, ethertype, FOLLOWS, type Layer } from '../layer.js';

/** The ethertypes in GRE's header: one for ERSPAN types I and II, one for type III. */
export const ERSPAN = { two: 0x88be, three: 0x22eb } as const;

/** The VLAN tag is still in the frame. */
const TAG_KEPT = 3;
const FRAME = { ethernet: 0, ip: 2 } as const;

/** Frames of a mirrored port, type II: draft-foschiano-erspan section 4.2. */
export const erspan2: Layer = {
  name: 'ERSPAN II',
  under: [ethertype(ERSPAN.two)],
  read(cursor) {
    if (!cursor.has(8)) return ENDS.short;
    enterVlanOf(cursor);
    cursor.at += 8;
    return FOLLOWS.ethernet;
  },
};

/** Type III, section 4.3: a header of 12 bytes, and 8 more if its last bit is set. */
export const erspan3: Layer = {
  name: 'ERSPAN III',
  under: [ethertype(ERSPAN.three)],
  read(cursor) {
    if (!cursor.has(12)) return ENDS.short;
    const frame = (cursor.u8(10) >>> 2) & 0x1f;
    const length = cursor.u8(11) & 1 ? 20 : 12;
    if (!cursor.has(length)) return ENDS.short;
    enterVlanOf(cursor);
    cursor.at += length;
    return frame === FRAME.ethernet ? FOLLOWS.ethernet : frame === FRAME.ip ? FOLLOWS.ip : ENDS.done;
  },
};

/** The VLAN that the frame was in at the mirrored port. */
function enterVlanOf(cursor: Cursor): void {
  const encapsulation = (cursor.u8(2) >>> 3) & 3;
  if (encapsulation !== TAG_KEPT) cursor.enterVlan(cursor.u16(0) & 0xfff);
}
