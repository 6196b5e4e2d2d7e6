import { u16, u8 } from '../../../../dhcp/big-endian.js';
import { hex } from './dhcp-message.js';
import type { Rows } from './rows.js';

/** RFC 7618 section 9: several clients share an IPv4 address, each with ports of its own. */
export const OPTION_PORTS = 159;
const PSID_BITS = 16;

/**
 * The bytes of a lease. With some ports of an address: the address, and 4 bytes that are the same for the same ports.
 * With all ports: the address alone.
 *
 * ```text
 * at  size  OPTION_V4_PORTPARAMS
 *  0  u8    offset: the number of a port's bits before the set's identifier
 *  1  u8    length of the identifier, 0 for all ports
 *  2  u16   the identifier, in the leftmost bits
 * ```
 */
export function leaseWithPorts(address: Uint8Array, ports: Uint8Array | undefined): Uint8Array {
  if (ports?.length !== 4) return address;
  const length = u8(ports, 1);
  if (length === 0 || length > PSID_BITS) return address;
  const identifier = u16(ports, 2) & (0xffff << (PSID_BITS - length));
  return Uint8Array.of(...address, u8(ports, 0), length, (identifier >> 8) & 0xff, identifier & 0xff);
}

/**
 * The number of addresses whose port sets can't be compared: the address was given with port sets of several sizes,
 * or with a port set and also as a whole.
 */
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
