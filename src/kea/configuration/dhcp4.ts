import type { KeaVersion } from '../../packages/kea-version.js';
import type { CaseSubnet } from '../subnets.js';
import { allocatorOf, type KeaSettings } from './by-version.js';
import { poolsOf } from './pools.js';

/** What only a DHCPv4 server has. */
export function dhcp4(
  { id, subnet, pool, relayAddress }: CaseSubnet,
  { allocator, offerLifetime }: KeaSettings,
  version: KeaVersion,
): object {
  return {
    ...allocatorOf('allocator', version, allocator),
    ...(offerLifetime === undefined ? {} : { 'offer-lifetime': offerLifetime }),
    'interfaces-config': { interfaces: ['lo/127.0.0.1'], 'dhcp-socket-type': 'udp' },
    subnet4: [{ id, subnet, pools: poolsOf(pool), relay: { 'ip-addresses': [relayAddress] } }],
  };
}
