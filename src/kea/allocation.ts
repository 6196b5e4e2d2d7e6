import type { ControlAnswer } from './control-socket.js';

/** How a server allocates, as it says itself. */
export interface Allocation {
  /** Of addresses: `iterative`, `random` or `flq`. */
  allocator: string;
  /** Of prefixes; null in DHCPv4. */
  pdAllocator: string | null;
  /** Seconds for which an offer reserves its address; 0 where offers store nothing. */
  offerLifetime: number;
}

/**
 * Reads it from the answer to `config-get` (Kea manual, "The config-get Command"). What a version has no word for it
 * does the one way it knows: iterative, and nothing stored with an offer.
 *
 * @throws Error where the answer holds no configuration with a subnet
 */
export function allocationOf({ result, text, arguments: given }: ControlAnswer): Allocation {
  const { Dhcp4: v4, Dhcp6: v6 } = (given ?? {}) as Record<'Dhcp4' | 'Dhcp6', Configured | undefined>;
  const all = v4 ?? v6;
  const [subnet] = (v4 === undefined ? all?.subnet6 : all?.subnet4) ?? [];
  if (result !== 0 || all === undefined || subnet === undefined)
    throw new Error(`config-get was answered without a subnet: ${text ?? `result ${result}`}`);
  return {
    allocator: subnet.allocator ?? all.allocator ?? 'iterative',
    pdAllocator: v4 === undefined ? (subnet['pd-allocator'] ?? all['pd-allocator'] ?? 'iterative') : null,
    offerLifetime: subnet['offer-lifetime'] ?? all['offer-lifetime'] ?? 0,
  };
}

interface Settings {
  allocator?: string;
  'pd-allocator'?: string;
  'offer-lifetime'?: number;
}

interface Configured extends Settings {
  subnet4?: readonly Settings[];
  subnet6?: readonly Settings[];
}
