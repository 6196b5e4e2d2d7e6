import type { KeaServerConfiguration } from '../configuration.js';
import { allocatorOf } from './by-version.js';
import { poolsOf } from './pools.js';

/** What only a DHCPv4 server has. */
export function dhcp4({
  subnets,
  settings: { allocator, offerLifetime },
  version,
  listensOn,
}: Pick<KeaServerConfiguration, 'subnets' | 'settings' | 'version' | 'listensOn'>): object {
  return {
    ...allocatorOf('allocator', version, allocator),
    ...(offerLifetime === undefined ? {} : { 'offer-lifetime': offerLifetime }),
    'interfaces-config': { interfaces: [listensOn], 'dhcp-socket-type': 'udp' },
    subnet4: subnets.map(({ id, subnet, pool, relayAddress }) => ({
      id,
      subnet,
      pools: poolsOf(pool),
      relay: { 'ip-addresses': [relayAddress] },
    })),
  };
}
