/**
 * The network of `docker-compose.yml`: from 198.18.0.0/15 (RFC 2544, for measuring devices) and unique local
 * addresses (RFC 4193). The harness's own runs choose other subnets.
 */
export const NETWORK = {
  v4: { subnet: '198.19.255.0/24', gateway: '198.19.255.1' },
  v6: { subnet: 'fd6b:6561:6c63::/64', gateway: 'fd6b:6561:6c63::1' },
} as const;

export function addressesOf(host: number): { v4: string; v6: string } {
  return {
    v4: NETWORK.v4.gateway.replace(/1$/, String(host)),
    v6: NETWORK.v6.gateway.replace(/1$/, host.toString(16)),
  };
}

/** The part of a service that gives it the addresses of a host of the network. */
export function attached(host: number): object {
  const { v4, v6 } = addressesOf(host);
  return { networks: { conformance: { ipv4_address: v4, ipv6_address: v6 } } };
}
