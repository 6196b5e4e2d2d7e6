import { describe, expect, it } from 'vitest';
import { parseIpv4 } from '../dhcp/v4/index.js';
import { parseIpv6 } from '../dhcp/v6/index.js';
import { CASE_KINDS } from '../protocol/cases.js';
import type { CaseSubnet } from './case-subnet.js';
import { CASE_SUBNETS, subnetsOf } from './subnets.js';

const RELAYS = Array.from({ length: 16 }, (_, index) => index + 1);

const number = (address: string) =>
  BigInt(`0x${Buffer.from(address.includes(':') ? parseIpv6(address) : parseIpv4(address)).toString('hex')}`);

function network(prefix: string, length: number): [first: bigint, last: bigint] {
  const bits = BigInt((prefix.includes(':') ? 128 : 32) - length);
  const first = number(prefix);
  expect(first & ((1n << bits) - 1n)).toBe(0n);
  return [first, first + (1n << bits) - 1n];
}

/** The first and the last lease of a subnet. */
function rangesOf({ pool, prefixPool }: CaseSubnet): [bigint, bigint][] {
  return [
    ...(pool ? [[number(pool.first), number(pool.last)] as [bigint, bigint]] : []),
    ...(prefixPool ? [network(prefixPool.prefix, prefixPool.length)] : []),
  ];
}

describe.each(CASE_KINDS)('the subnets of %s', (kind) => {
  it('behind one relay are the case’s whole subnet', () => {
    expect(subnetsOf(kind, {})).toEqual([CASE_SUBNETS[kind]]);
    expect(subnetsOf(kind, { relays: 1 })).toEqual([CASE_SUBNETS[kind]]);
  });

  it.each(RELAYS)('behind %i relays are as many, each with its own id, relay and network', (relays) => {
    const subnets = subnetsOf(kind, { relays });
    expect(subnets).toHaveLength(relays);
    for (const key of ['id', 'relayAddress', 'subnet'] as const)
      expect(new Set(subnets.map((one) => one[key])).size).toBe(relays);
    for (const { subnet, pool, relayAddress } of subnets) {
      const [address = '', length = ''] = subnet.split('/');
      const [first, last] = network(address, Number(length));
      const inside = pool === undefined ? [] : [pool.first, pool.last];
      if (kind !== 'dhcp4') inside.push(relayAddress);
      for (const one of inside) expect(number(one) >= first && number(one) <= last).toBe(true);
    }
  });
});

it.each(RELAYS)('no two subnets of %i relays share a lease, in one case or in several', (relays) => {
  const all = CASE_KINDS.flatMap((kind) => [...subnetsOf(kind, { relays })]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  const ranges = all.flatMap(rangesOf).sort(([a], [b]) => (a < b ? -1 : 1));
  ranges.slice(1).forEach(([first], index) => expect(first > (ranges[index]?.[1] ?? 0n)).toBe(true));
});
