import type { KeaServerConfiguration } from './server.js';
import type { CaseSubnet } from '../case-subnet.js';
import { allocatorOf } from './by-version.js';
import { PREFERRED_SHARE } from '../../scenario/renewal-times.js';
import { poolsOf } from './pools.js';

/** The part of the configuration that only a DHCPv6 server has. */
export function dhcp6({
  subnets,
  settings: { allocator, pdAllocator, validLifetime, preferredLifetime, rapidCommit = false },
  version,
  listensOn,
  clientsOn,
  serverNumber,
}: Pick<
  KeaServerConfiguration,
  'subnets' | 'settings' | 'version' | 'listensOn' | 'clientsOn' | 'serverNumber'
>): object {
  const [{ pool, prefixPool }] = subnets;
  return {
    // An allocator is set only if the subnet has such a pool. A DHCPv6 server refuses flq for addresses even if it
    // has no address pool.
    ...(pool === undefined ? {} : allocatorOf('allocator', version, allocator)),
    ...(prefixPool === undefined ? {} : allocatorOf('pd-allocator', version, pdAllocator)),
    ...preferred(preferredLifetime ?? shareOf(validLifetime)),
    'interfaces-config': { interfaces: listensOn },
    // ISC's enterprise number. Without an identifier in its configuration, each server would use the same file as the
    // others.
    'server-id': {
      type: 'EN',
      'enterprise-id': 2495,
      identifier: serverNumber.toString(16).padStart(16, '0'),
      persist: false,
    },
    subnet6: subnets.map((one) => ({
      id: one.id,
      subnet: one.subnet,
      pools: poolsOf(one.pool),
      'pd-pools': prefixPoolsOf(one.prefixPool),
      ...(clientsOn === undefined ? {} : { interface: clientsOn }),
      ...(rapidCommit ? { 'rapid-commit': true } : {}),
    })),
  };
}

/**
 * The preferred lifetime beside the scenario's valid lifetime. Kea 2.2 leaves the preferred lifetime at 3600 s even
 * if the valid one is shorter, and a client discards such a lease (RFC 8415 section 21.6). Later versions of Kea take
 * this share of the valid lifetime by themselves.
 */
function shareOf(validLifetime: number | undefined): number | undefined {
  return validLifetime && Math.max(1, Math.floor(PREFERRED_SHARE * validLifetime));
}

function preferred(lifetime: number | undefined): object {
  return lifetime === undefined ? {} : { 'preferred-lifetime': lifetime };
}

function prefixPoolsOf(pool: CaseSubnet['prefixPool']): object[] {
  if (pool === undefined) return [];
  return [{ prefix: pool.prefix, 'prefix-len': pool.length, 'delegated-len': pool.delegatedLength }];
}
