import { formatIpv6, parseIpv6 } from './address.js';

export const MAX_PREFIX_LENGTH = 128;

/** An IPv6 prefix: an address, and how many of its leading bits count. */
export interface Ipv6Prefix {
  /** 16 bytes. */
  prefix: Uint8Array;
  /** 0 to 128. */
  prefixLength: number;
}

/**
 * A copy of a 16-byte address in which all bits after the first `prefixLength` are cleared. A receiver ignores those
 * bits (RFC 8415 section 21.22), so prefixes are compared without them.
 */
export function maskPrefix(address: Uint8Array, prefixLength: number): Uint8Array {
  return Uint8Array.from(address, (byte, i) => {
    const bits = Math.min(8, Math.max(0, prefixLength - 8 * i));
    return byte & (0xff << (8 - bits));
  });
}

/** A prefix as text, such as `2001:db8::/56`. */
export function formatPrefix({ prefix, prefixLength }: Ipv6Prefix): string {
  return `${formatIpv6(prefix)}/${prefixLength}`;
}

/**
 * Reads a prefix such as `2001:db8::/56`. Throws a RangeError for a length of more than 128, and for bits set beyond
 * the length.
 */
export function parsePrefix(text: string): Ipv6Prefix {
  const [address = '', length = '', ...more] = text.split('/');
  const prefixLength = Number(length);
  if (more.length > 0 || !/^\d{1,3}$/.test(length) || prefixLength > MAX_PREFIX_LENGTH) {
    throw new RangeError(`not an IPv6 prefix: ${text}`);
  }
  const prefix = parseIpv6(address);
  if (Buffer.compare(prefix, maskPrefix(prefix, prefixLength)) !== 0) {
    throw new RangeError(`bits set behind the prefix length: ${text}`);
  }
  return { prefix, prefixLength };
}
