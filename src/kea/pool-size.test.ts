import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIpv4 } from '../dhcp/v4/index.js';
import { parseIpv6 } from '../dhcp/v6/index.js';
import { CASE_KINDS } from '../protocol/cases.js';
import { CASE_SUBNETS, subnetOf } from './subnets.js';

const numberOf = (address: string) =>
  BigInt(`0x${Buffer.from(address.includes(':') ? parseIpv6(address) : parseIpv4(address)).toString('hex')}`);

describe('a pool with a stated number of leases', () => {
  it.each(CASE_KINDS)('of %s has the first leases of the whole pool, and no others', (kind) => {
    fc.assert(
      fc.property(fc.nat({ max: 23 }), (power) => {
        const poolLeases = 2 ** power;
        const { pool, prefixPool, ...same } = subnetOf(kind, { poolLeases });
        const whole = CASE_SUBNETS[kind];
        expect(whole).toMatchObject(same);
        if (pool !== undefined) {
          expect(pool.first).toBe(whole.pool?.first);
          expect(numberOf(pool.last) - numberOf(pool.first) + 1n).toBe(BigInt(poolLeases));
        }
        if (prefixPool !== undefined) {
          expect(prefixPool.prefix).toBe(whole.prefixPool?.prefix);
          expect(2 ** (prefixPool.delegatedLength - prefixPool.length)).toBe(poolLeases);
          expect(numberOf(prefixPool.prefix) % (1n << BigInt(128 - prefixPool.length))).toBe(0n);
        }
      }),
    );
  });

  it('lies within the whole pool', () => {
    for (const kind of CASE_KINDS) {
      const [largest, whole] = [subnetOf(kind, { poolLeases: 2 ** 23 }), CASE_SUBNETS[kind]];
      if (largest.pool !== undefined && whole.pool !== undefined)
        expect(numberOf(largest.pool.last) <= numberOf(whole.pool.last)).toBe(true);
      if (largest.prefixPool !== undefined && whole.prefixPool !== undefined)
        expect(largest.prefixPool.length).toBeGreaterThanOrEqual(whole.prefixPool.length);
    }
  });

  it('may have any number of addresses, not only a power of two', () => {
    expect(subnetOf('dhcp4', { poolLeases: 500 }).pool).toEqual({ first: '10.1.0.0', last: '10.1.1.243' });
    expect(subnetOf('dhcp6-ia-na', { poolLeases: 500 }).pool).toEqual({
      first: '2001:db8:1::1:0',
      last: '2001:db8:1::1:1f3',
    });
  });
});
