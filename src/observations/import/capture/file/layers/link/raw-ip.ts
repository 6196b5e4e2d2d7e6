import { ENDS, ethertype, FOLLOWS, ipProtocol, link, type Layer } from '../layer.js';

const IPV4 = ethertype(0x0800);
const IPV6 = ethertype(0x86dd);
/**
 * AF_INET (2), and AF_INET6 of the systems that write LINKTYPE_NULL: NetBSD and OpenBSD (24), FreeBSD (28), Darwin
 * (30), Linux (10).
 */
const ADDRESS_FAMILIES: ReadonlySet<number> = new Set([2, 24, 28, 30, 10]);

/** An IP header. Its first four bits tell the version. */
export const rawIp: Layer = {
  name: 'raw IP',
  // BSD systems write 12 and 14 instead of 101. 228 is IPv4 alone, 229 is IPv6 alone.
  under: [FOLLOWS.ip, ...[12, 14, 101, 228, 229].map(link)],
  read(cursor) {
    if (!cursor.has(1)) return ENDS.short;
    const version = cursor.u8(0) >>> 4;
    return version === 4 ? IPV4 : version === 6 ? IPV6 : ENDS.done;
  },
};

/** Four bytes of address family. Under LINKTYPE_NULL they have the byte order of the machine that wrote the file. */
export const loopback: Layer = {
  name: 'BSD loopback',
  under: [link(0), link(108)],
  read(cursor) {
    if (!cursor.has(4)) return ENDS.short;
    const families = [cursor.u32(0), cursor.bytes.readUInt32LE(cursor.at)];
    if (!families.some((family) => ADDRESS_FAMILIES.has(family))) return ENDS.done;
    cursor.at += 4;
    return FOLLOWS.ip;
  },
};

/** OpenBSD's enc: packets that IPsec has decrypted, behind an address family, an SPI and flags. */
export const enc: Layer = {
  name: 'OpenBSD enc',
  under: [link(109)],
  read(cursor) {
    if (!cursor.has(12)) return ENDS.short;
    cursor.at += 12;
    return FOLLOWS.ip;
  },
};

/** EtherIP, RFC 3378: version 3 and an Ethernet frame, as BSD bridges use it. */
export const etherip: Layer = {
  name: 'EtherIP',
  under: [ipProtocol(97)],
  read(cursor) {
    if (!cursor.has(2)) return ENDS.short;
    if (cursor.u8(0) >>> 4 !== 3) return ENDS.done;
    cursor.at += 2;
    return FOLLOWS.ethernet;
  },
};
