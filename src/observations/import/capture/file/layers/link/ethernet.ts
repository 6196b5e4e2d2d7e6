import { ENDS, ethertype, FOLLOWS, link, typeOrLength, type Layer } from '../layer.js';

/** Novell's frames have no type. They carry IPX, which begins with a checksum of all ones, and never DHCP. */
const NOVELL = 0xffff;

/** IEEE 802.3: two addresses, then a type, or the length of an LLC frame. */
export const ethernet: Layer = {
  name: 'Ethernet',
  under: [FOLLOWS.ethernet],
  read(cursor) {
    if (!cursor.has(14)) return ENDS.short;
    const field = cursor.u16(12);
    cursor.at += 14;
    return typeOrLength(field);
  },
};

/**
 * 802.1Q, 802.1ad (QinQ) and what was used before it. The tag stands between the ethertype that announces it and the
 * ethertype of the frame's content.
 */
export const vlan: Layer = {
  name: 'VLAN and QinQ',
  under: [0x8100, 0x88a8, 0x9100, 0x9200].map(ethertype),
  read(cursor) {
    if (!cursor.has(4)) return ENDS.short;
    cursor.enterVlan(cursor.u16(0) & 0xfff);
    const field = cursor.u16(2);
    cursor.at += 4;
    return typeOrLength(field);
  },
};

/** IEEE 802.2 with the SNAP extension of IEEE 802, clause 9; 802.11 and CAPWAP use it too. */
export const llc: Layer = {
  name: 'LLC/SNAP',
  under: [FOLLOWS.llc, link(100)],
  read(cursor) {
    if (!cursor.has(3)) return ENDS.short;
    const both = cursor.u16(0);
    const control = cursor.u8(2);
    if (both === NOVELL || control !== 0x03) return ENDS.done;
    if (both === 0x0606) {
      cursor.at += 3;
      return FOLLOWS.ip;
    }
    if (both !== 0xaaaa) return ENDS.done;
    if (!cursor.has(8)) return ENDS.short;
    const organization = cursor.u32(2) & 0xffffff;
    const type = cursor.u16(6);
    cursor.at += 8;
    // RFC 1042; 0000f8 is the organization code of IEEE 802.1H's bridge tunnels.
    return organization === 0 || organization === 0x0000f8 ? typeOrLength(type) : ENDS.done;
  },
};
