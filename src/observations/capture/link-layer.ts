/** https://www.tcpdump.org/linktypes.html */
export const LINK = {
  null: 0,
  ethernet: 1,
  raw: 101,
  loop: 108,
  linuxCooked: 113,
  ipv4: 228,
  ipv6: 229,
  linuxCooked2: 276,
} as const;

const ETHERTYPE = { ipv4: 0x0800, ipv6: 0x86dd } as const;
/** 802.1Q, 802.1ad (QinQ) and what was used before it. */
const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
/** AF_INET6 of the systems that write LINKTYPE_NULL: NetBSD and OpenBSD, FreeBSD, Darwin; Linux. */
const AF_INET6: ReadonlySet<number> = new Set([24, 28, 30, 10]);

/** Where the IP header begins in a packet. */
export interface NetworkLayer {
  family: 4 | 6;
  offset: number;
  /** Linux cooked captures of all interfaces see a packet on its way out, and again on its way in. */
  direction: 'out' | 'in' | undefined;
  /** `VLAN 10`, `VLAN 10.20` of one inside another; empty outside of any. */
  network: string;
}

/** Whether packets of this link type can be read. */
export function isKnownLink(linkType: number): boolean {
  return Object.values(LINK).some((known) => known === linkType);
}

/** Undefined for a packet that isn't IP, or is cut off before it. */
export function networkLayer(linkType: number, bytes: Buffer): NetworkLayer | undefined {
  switch (linkType) {
    case LINK.ethernet:
      return ethernet(bytes);
    case LINK.linuxCooked:
      return bytes.length < 16 ? undefined : cooked(bytes, 14, 16, bytes.readUInt16BE(0));
    case LINK.linuxCooked2:
      return bytes.length < 20 ? undefined : cooked(bytes, 0, 20, bytes.readUInt8(10));
    case LINK.raw:
    case LINK.ipv4:
    case LINK.ipv6:
      return byVersion(bytes, 0);
    case LINK.null:
    case LINK.loop:
      return loopback(bytes);
    default:
      return undefined;
  }
}

function ethernet(bytes: Buffer): NetworkLayer | undefined {
  return bytes.length < 14 ? undefined : byEthertype(bytes, 12, 14);
}

/** Packet type 4 is "sent by us". */
function cooked(bytes: Buffer, typeAt: number, offset: number, packetType: number): NetworkLayer | undefined {
  const layer = byEthertype(bytes, typeAt, offset);
  return layer && { ...layer, direction: packetType === 4 ? 'out' : 'in' };
}

/** VLAN tags stand between the type that announces them and the one of what they carry. */
function byEthertype(bytes: Buffer, typeAt: number, offset: number): NetworkLayer | undefined {
  let type = bytes.readUInt16BE(typeAt);
  let at = offset;
  const vlans: number[] = [];
  while (VLAN_TAGS.has(type) && bytes.length >= at + 4) {
    const vlan = bytes.readUInt16BE(at) & 0xfff;
    // 0 is a priority and no VLAN (IEEE 802.1Q).
    if (vlan !== 0) vlans.push(vlan);
    type = bytes.readUInt16BE(at + 2);
    at += 4;
  }
  if (type !== ETHERTYPE.ipv4 && type !== ETHERTYPE.ipv6) return undefined;
  const layer = byVersion(bytes, at);
  return layer && (vlans.length === 0 ? layer : { ...layer, network: `VLAN ${vlans.join('.')}` });
}

function byVersion(bytes: Buffer, offset: number): NetworkLayer | undefined {
  const version = (bytes[offset] ?? 0) >>> 4;
  return version === 4 || version === 6
    ? { family: version, offset, direction: undefined, network: '' }
    : undefined;
}

/** Four bytes of address family, of LINKTYPE_NULL in the byte order of the machine that wrote it. */
function loopback(bytes: Buffer): NetworkLayer | undefined {
  if (bytes.length < 4) return undefined;
  const families = [bytes.readUInt32LE(0), bytes.readUInt32BE(0)];
  if (!families.some((family) => family === 2 || AF_INET6.has(family))) return undefined;
  return byVersion(bytes, 4);
}
