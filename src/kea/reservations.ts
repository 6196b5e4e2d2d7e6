import { parseIpv4 } from '../dhcp/v4/index.js';
import { MAX_PREFIX_LENGTH, parseIpv6 } from '../dhcp/v6/index.js';
import type { LeaseType } from '../protocol/leases.js';
import type { CaseSubnet } from './case-subnet.js';

export interface ReservedLease {
  /** 4 or 16 bytes. */
  bytes: Uint8Array;
  /** 32 or 128 for addresses. */
  prefixLength: number;
}

/** Of a subnet, as the configuration or the evidence has them. */
interface Pools {
  pool?: CaseSubnet['pool'] | undefined;
  prefixPool?: CaseSubnet['prefixPool'] | undefined;
}

/**
 * The lease that is reserved for a client of a case (`kea.reservedClients`): the last of the pool for client 0, the one before
 * it for client 1, and so on. They are of the pool, so that a server must not give them to others; and servers that allocate
 * iteratively begin at its other end.
 */
export function reservedLease(
  { pool, prefixPool }: Pools,
  leaseType: LeaseType,
  client: number,
): ReservedLease {
  const back = BigInt(client);
  if (leaseType === 'prefix') {
    if (prefixPool === undefined) throw new RangeError('the subnet delegates no prefixes');
    const { prefix, length, delegatedLength } = prefixPool;
    const prefixes = 1n << BigInt(delegatedLength - length);
    const step = 1n << BigInt(MAX_PREFIX_LENGTH - delegatedLength);
    const last = numberOf(parseIpv6(prefix)) + (prefixes - 1n) * step;
    return { bytes: bytesOf(last - back * step, 16), prefixLength: delegatedLength };
  }
  if (pool === undefined) throw new RangeError('the subnet has no addresses');
  const bytes = pool.last.includes(':') ? parseIpv6(pool.last) : parseIpv4(pool.last);
  return { bytes: bytesOf(numberOf(bytes) - back, bytes.length), prefixLength: 8 * bytes.length };
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function bytesOf(number: bigint, length: number): Uint8Array {
  return Uint8Array.from(Buffer.from(number.toString(16).padStart(2 * length, '0'), 'hex'));
}
