import { ENDS, ethertype, FOLLOWS, udpPort, type Layer } from '../layer.js';

const ETHERNET = 0x6558;
/** The flag that says that the VNI is valid. */
const VXLAN_FLAGS = 0x08;

/** RFC 7348; 8472 is the port that Linux used before one was assigned. */
export const vxlan: Layer = {
  name: 'VXLAN',
  under: [4789, 8472].map(udpPort),
  read(cursor) {
    if (!cursor.has(8)) return ENDS.short;
    // Group policies (draft-smith-vxlan-group-policy) set the highest bit. No other bit may be set.
    if ((cursor.u8(0) & 0x7f) !== VXLAN_FLAGS) return FOLLOWS.noTunnel;
    cursor.enterVni(cursor.u32(4) >>> 8);
    cursor.at += 8;
    return FOLLOWS.ethernet;
  },
};

const INSIDE_GPE: readonly (number | undefined)[] = [
  undefined,
  ethertype(0x0800),
  ethertype(0x86dd),
  FOLLOWS.ethernet,
  undefined,
  ethertype(0x8847),
];

/** VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe) carries more than Ethernet. */
export const vxlanGpe: Layer = {
  name: 'VXLAN-GPE',
  under: [udpPort(4790)],
  read(cursor) {
    if (!cursor.has(8)) return ENDS.short;
    if ((cursor.u8(0) & 0xf8) !== VXLAN_FLAGS) return FOLLOWS.noTunnel;
    const hasProtocol = (cursor.u8(0) & 0x04) !== 0;
    const follows = hasProtocol ? INSIDE_GPE[cursor.u8(3)] : FOLLOWS.ethernet;
    cursor.enterVni(cursor.u32(4) >>> 8);
    cursor.at += 8;
    return follows ?? ENDS.done;
  },
};

/** RFC 8926 section 3.4. */
export const geneve: Layer = {
  name: 'GENEVE',
  under: [udpPort(6081)],
  read(cursor) {
    if (!cursor.has(8)) return ENDS.short;
    if (cursor.u8(0) >>> 6 !== 0) return FOLLOWS.noTunnel;
    const length = 8 + 4 * (cursor.u8(0) & 0x3f);
    const type = cursor.u16(2);
    const vni = cursor.u32(4) >>> 8;
    if (!cursor.has(length)) return ENDS.short;
    cursor.enterVni(vni);
    cursor.at += length;
    return type === ETHERNET ? FOLLOWS.ethernet : ethertype(type);
  },
};
