import { formatIpv6, parseIpv6 } from './address.js';

export const MAX_PREFIX_LENGTH = 128;

/** An address with how many of its leading bits count. */
export interface Ipv6Prefix {
  /** 16 bytes. */
  prefix: Uint8Array;
  /** 0 to 128. */
  prefixLength: number;
}

/**
 * A copy of 16 bytes with all bits behind the first `prefixLength` cleared. A receiver ignores those bits (RFC 8415
 * section 21.22), so two prefixes are compared without them.
 */
export function maskPrefix(address: Uint8Array, prefixLength: number): Uint8Array {
  return Uint8Array.from(address, (byte, i) => {
    const bits = Math.min(8, Math.max(0, prefixLength - 8 * i));
    return byte & (0xff << (8 - bits));
  });
}

/** `2001:db8::/56` for 16 bytes and a length. */
export function formatPrefix({ prefix, prefixLength }: Ipv6Prefix): string {
  return `${formatIpv6(prefix)}/${prefixLength}`;
}

/** `2001:db8::/56` as bytes and length. Throws a RangeError for a length beyond 128 or bits behind the length. */
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
