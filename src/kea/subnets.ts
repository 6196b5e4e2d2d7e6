import type { CaseKind } from '../protocol/cases.js';
import { LISTED_LEASES, traitsOfAllocator, type Allocator } from '../scenario/allocators.js';
import type { Scenario } from '../scenario/schema.js';
import type { CaseSubnet } from './case-subnet.js';
import { withPoolOf } from './pool-size.js';
import { subnetsBehind } from './relay-subnets.js';

export const CASE_SUBNETS: Readonly<Record<CaseKind, CaseSubnet>> = {
  dhcp4: {
    id: 4,
    subnet: '10.0.0.0/8',
    pool: { first: '10.1.0.0', last: '10.254.255.255' },
    relayAddress: '127.0.0.1',
  },
  'dhcp6-ia-na': {
    id: 61,
    subnet: '2001:db8:1::/64',
    pool: { first: '2001:db8:1::1:0', last: '2001:db8:1::ffff:ffff' },
    relayAddress: '2001:db8:1::1',
  },
  'dhcp6-ia-pd': {
    id: 62,
    subnet: '2001:db8:2::/64',
    prefixPool: { prefix: '2001:db8:8000::', length: 33, delegatedLength: 64 },
    relayAddress: '2001:db8:2::1',
  },
  // The prefixes differ from those of dhcp6-ia-pd, as all cases share a lease table.
  'dhcp6-ia-na-pd': {
    id: 63,
    subnet: '2001:db8:3::/64',
    pool: { first: '2001:db8:3::1:0', last: '2001:db8:3::ffff:ffff' },
    prefixPool: { prefix: '2001:db8:4000::', length: 34, delegatedLength: 64 },
    relayAddress: '2001:db8:3::1',
  },
};

type SubnetSettings = Parameters<typeof subnetOf>[1] & { relays?: number | undefined };

/**
 * The subnets of a case whose servers have these settings. The servers share their pools, so one server with an allocator
 * for small pools gives all of them small pools.
 */
export function sharedSubnets(
  kind: CaseKind,
  settings: readonly SubnetSettings[],
): ReturnType<typeof subnetsOf> {
  const [first = {}] = settings;
  const chosen = (key: 'allocator' | 'pdAllocator'): Allocator | undefined =>
    settings.map((one) => one[key]).find(listsLeases) ?? first[key];
  return subnetsOf(kind, { ...first, allocator: chosen('allocator'), pdAllocator: chosen('pdAllocator') });
}

/** The subnets of a case, one for each relay that its clients speak through, in the order of the relays. */
export function subnetsOf(
  kind: CaseKind,
  { relays = 1, ...settings }: SubnetSettings,
): readonly [CaseSubnet, ...CaseSubnet[]] {
  const whole = subnetOf(kind, settings);
  const [first = whole, ...others] = relays <= 1 ? [] : subnetsBehind(relays, whole);
  return [first, ...others];
}

/**
 * The subnet of a case with one relay. Its pools are as large as the scenario wants them and as the allocator can
 * handle.
 */
export function subnetOf(
  kind: CaseKind,
  settings: Pick<Scenario['kea'], 'allocator' | 'pdAllocator' | 'poolLeases'>,
): CaseSubnet {
  const { poolLeases, allocator, pdAllocator } = settings;
  const whole = CASE_SUBNETS[kind];
  if (poolLeases !== undefined) return withPoolOf(poolLeases, whole);
  const { pool, prefixPool } = withPoolOf(LISTED_LEASES, whole);
  return {
    ...whole,
    ...(listsLeases(allocator) && pool && { pool }),
    ...(listsLeases(pdAllocator) && prefixPool && { prefixPool }),
  };
}

function listsLeases(allocator: Allocator | undefined): boolean {
  return traitsOfAllocator(allocator).listsLeases === true;
}
