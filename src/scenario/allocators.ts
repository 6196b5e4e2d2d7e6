/** How a server of Kea picks a lease (Kea manual, "Allocation Strategies in DHCPv4", "… in DHCPv6"). */
interface AllocatorTraits {
  /** The version that brought it; absent where every version has it. */
  since?: string;
  /** It lists every free lease of its pools when the server starts, in memory or in the database. */
  listsLeases?: true;
  /** It is not there for IPv6 addresses. */
  notForIa?: 'na';
  /** All servers that share a pool must use it. */
  byAllServers?: true;
}

export const ALLOCATORS = {
  iterative: {},
  random: { since: '2.3.4' },
  flq: { since: '2.3.7', listsLeases: true, notForIa: 'na' },
  'shared-flq': { since: '3.1.9', listsLeases: true, byAllServers: true },
} as const satisfies Readonly<Record<string, AllocatorTraits>>;

export type Allocator = keyof typeof ALLOCATORS;

export const ALLOCATOR_NAMES = Object.keys(ALLOCATORS) as Allocator[];

/** The traits of an allocator; those of iterative, the default of every version, where none is stated. */
export function traitsOfAllocator(name: Allocator = 'iterative'): AllocatorTraits {
  return ALLOCATORS[name];
}

/**
 * The size of a pool whose free leases an allocator lists. Each takes time and memory when the server starts (Kea manual,
 * "Free Lease Queue Allocator").
 */
export const LISTED_LEASES = 2 ** 18;
