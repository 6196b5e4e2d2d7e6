import type { ControlAnswer } from './control-socket.js';

/** How a server allocates leases, according to the server itself. */
export interface Allocation {
  /** The allocator for addresses: `iterative`, `random` or `flq`. */
  allocator: string;
  /** The allocator for prefixes; null in DHCPv4. */
  pdAllocator: string | null;
  /** Seconds for which an offer reserves its address; 0 where an offer stores nothing. */
  offerLifetime: number;
}

/**
 * Reads how a server allocates from its answer to `config-get` (Kea manual, "The config-get Command"). A version
 * without such a setting has one way only: it allocates iteratively, and stores nothing with an offer.
 *
 * @param id the id of the subnet in question; the first subnet by default
 * @throws Error where the answer holds no configuration with such a subnet
 */
export function allocationOf({ result, text, arguments: given }: ControlAnswer, id?: number): Allocation {
  const { Dhcp4: v4, Dhcp6: v6 } = (given ?? {}) as Record<'Dhcp4' | 'Dhcp6', Configured | undefined>;
  const all = v4 ?? v6;
  const subnet = subnetsIn(all, v4 === undefined ? 'subnet6' : 'subnet4').find(
    (one) => id === undefined || one.id === id,
  );
  if (result !== 0 || all === undefined || subnet === undefined)
    throw new Error(`the answer to config-get lacks the subnet: ${text ?? `result ${result}`}`);
  return {
    allocator: subnet.allocator ?? all.allocator ?? 'iterative',
    pdAllocator: v4 === undefined ? (subnet['pd-allocator'] ?? all['pd-allocator'] ?? 'iterative') : null,
    offerLifetime: subnet['offer-lifetime'] ?? all['offer-lifetime'] ?? 0,
  };
}

/** All subnets, also those of shared networks. A subnet inherits the settings of its shared network. */
export function subnetsIn(all: Configured | undefined, key: 'subnet4' | 'subnet6'): readonly Settings[] {
  const networks = all?.['shared-networks'] ?? [];
  return [
    ...(all?.[key] ?? []),
    ...networks.flatMap(({ [key]: subnets = [], ...network }) =>
      subnets.map((subnet) => ({ ...network, ...subnet })),
    ),
  ];
}

/**
 * Reads the number of worker threads from the answer to `status-get` (Kea manual, "The status-get Command"). 0 where
 * multi-threading is off.
 */
export function threadsOf({ arguments: status }: ControlAnswer): number {
  const { 'multi-threading-enabled': enabled, 'thread-pool-size': size } = (status ?? {}) as Record<
    string,
    unknown
  >;
  return enabled === true && typeof size === 'number' ? size : 0;
}

/** Settings that a subnet, a shared network or all of them may have. */
export interface Settings {
  id?: number;
  'cache-threshold'?: number;
  allocator?: string;
  'pd-allocator'?: string;
  'offer-lifetime'?: number;
}

/** Dhcp4 or Dhcp6 of a configuration, or one of its shared networks, as far as the harness reads it. */
export interface Configured extends Settings {
  'lease-database'?: Readonly<Record<string, unknown>>;
  'shared-networks'?: readonly Configured[];
  subnet4?: readonly Settings[];
  subnet6?: readonly Settings[];
}
