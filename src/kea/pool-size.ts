import { formatIpv4, parseIpv4 } from '../dhcp/v4/index.js';
import { formatIpv6, parseIpv6 } from '../dhcp/v6/index.js';
import type { CaseSubnet } from './case-subnet.js';

/**
 * The subnet with smaller pools: only its first `leases` addresses and its first `leases` prefixes. For prefixes
 * `leases` must be a power of two.
 */
export function withPoolOf<T extends Pick<CaseSubnet, 'pool' | 'prefixPool'>>(leases: number, subnet: T): T {
  const { pool, prefixPool } = subnet;
  return {
    ...subnet,
    ...(pool && { pool: { first: pool.first, last: addressAfter(pool.first, leases - 1) } }),
    ...(prefixPool && {
      prefixPool: { ...prefixPool, length: prefixPool.delegatedLength - Math.log2(leases) },
    }),
  };
}

/** The address `distance` places after another: `10.1.1.0` is 256 after `10.1.0.0`. */
function addressAfter(address: string, distance: number): string {
  const isV6 = address.includes(':');
  const bytes = isV6 ? parseIpv6(address) : parseIpv4(address);
  const hex = (BigInt(`0x${Buffer.from(bytes).toString('hex')}`) + BigInt(distance)).toString(16);
  const sum = Buffer.from(hex.padStart(2 * bytes.length, '0'), 'hex');
  return isV6 ? formatIpv6(sum) : formatIpv4(sum);
}
