import { u16, u8 } from '../../dhcp/big-endian.js';
import { hex } from './dhcp-message.js';
import type { Rows } from './rows.js';

/** RFC 7618 section 9: several clients share an IPv4 address, each with ports of its own. */
export const OPTION_PORTS = 159;
const PSID_BITS = 16;

/**
 * A lease of some ports of an address: 4 bytes of the address, and 4 that are the same for the same ports. The address alone
 * where all ports are given.
 *
 * ```text
 * at  size  OPTION_V4_PORTPARAMS
 *  0  u8    offset: so many bits of a port stand before the set's identifier
 *  1  u8    length of the identifier, 0 for all ports
 *  2  u16   the identifier, from the left
 * ```
 */
export function leaseWithPorts(address: Uint8Array, ports: Uint8Array | undefined): Uint8Array {
  if (ports?.length !== 4) return address;
  const length = u8(ports, 1);
  if (length === 0 || length > PSID_BITS) return address;
  const identifier = u16(ports, 2) & (0xffff << (PSID_BITS - length));
  return Uint8Array.of(...address, u8(ports, 0), length, (identifier >> 8) & 0xff, identifier & 0xff);
}

/** Addresses whose port sets can't be compared, as they were given with sets of several sizes, or also as a whole. */
export function unevenlyShared(rows: Rows): number {
  if (!rows.havePorts) return 0;
  const shapes = new Map<string, Set<string>>();
  for (const row of rows.all()) {
    if (row.type !== 'answer' || row.isOffer || row.kind !== 'lease') continue;
    const { lease } = row;
    if (lease.length !== 4 && lease.length !== 8) continue;
    const address = hex(lease.subarray(0, 4));
    shapes.set(address, (shapes.get(address) ?? new Set()).add(hex(lease.subarray(4, 6))));
  }
  return [...shapes.values()].filter(({ size }) => size > 1).length;
}
