import { describe, expect, it } from 'vitest';
import { formatIpv4 } from '../dhcp/v4/index.js';
import { formatIpv6 } from '../dhcp/v6/index.js';
import { reservedLease } from './reservations.js';
import { subnetOf } from './subnets.js';

const text = ({ bytes, prefixLength }: ReturnType<typeof reservedLease>): string =>
  `${bytes.length === 4 ? formatIpv4(bytes) : formatIpv6(bytes)}/${prefixLength}`;

describe('the lease that is reserved for a client', () => {
  it.each([
    ['dhcp4', 'address', 0, '10.254.255.255/32'],
    ['dhcp4', 'address', 256, '10.254.254.255/32'],
    ['dhcp6-ia-na', 'address', 0, '2001:db8:1::ffff:ffff/128'],
    ['dhcp6-ia-na', 'address', 0x1_0000, '2001:db8:1::fffe:ffff/128'],
    ['dhcp6-ia-pd', 'prefix', 0, '2001:db8:ffff:ffff::/64'],
    ['dhcp6-ia-pd', 'prefix', 2, '2001:db8:ffff:fffd::/64'],
    ['dhcp6-ia-na-pd', 'prefix', 1, '2001:db8:7fff:fffe::/64'],
  ] as const)('of %s, %s, client %i is from the end of the pool: %s', (kind, type, client, expected) => {
    expect(text(reservedLease(subnetOf(kind, {}), type, client))).toBe(expected);
  });

  it('is one that the subnet has', () => {
    expect(() => reservedLease(subnetOf('dhcp6-ia-na', {}), 'prefix', 0)).toThrow(RangeError);
    expect(() => reservedLease(subnetOf('dhcp6-ia-pd', {}), 'address', 0)).toThrow(RangeError);
  });
});
