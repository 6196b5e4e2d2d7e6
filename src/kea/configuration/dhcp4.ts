import type { KeaServerConfiguration } from './server.js';
import { allocatorOf } from './by-version.js';
import { poolsOf } from './pools.js';

/** The part of the configuration that only a DHCPv4 server has. */
export function dhcp4({
  subnets,
  settings: { allocator, offerLifetime, matchClientId },
  version,
  listensOn,
  clientsOn,
  serverIdentifier,
}: Pick<
  KeaServerConfiguration,
  'subnets' | 'settings' | 'version' | 'listensOn' | 'clientsOn' | 'serverIdentifier'
>): object {
  return {
    ...allocatorOf('allocator', version, allocator),
    ...(offerLifetime === undefined ? {} : { 'offer-lifetime': offerLifetime }),
    ...(matchClientId === undefined ? {} : { 'match-client-id': matchClientId }),
    ...(serverIdentifier === undefined
      ? {}
      : { 'option-data': [{ name: 'dhcp-server-identifier', data: serverIdentifier }] }),
    'interfaces-config': {
      interfaces: listensOn,
      'dhcp-socket-type': clientsOn === undefined ? 'udp' : 'raw',
    },
    subnet4: subnets.map(({ id, subnet, pool, relayAddress }) => ({
      id,
      subnet,
      pools: poolsOf(pool),
      ...(clientsOn === undefined ? { relay: { 'ip-addresses': [relayAddress] } } : { interface: clientsOn }),
    })),
  };
}
