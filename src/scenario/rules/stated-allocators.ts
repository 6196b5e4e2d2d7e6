import { traitsOfAllocator, type Allocator } from '../allocators.js';
import type { Path } from '../language/paths.js';
import type { Scenario } from '../schema.js';

/** An allocator that a scenario states, for all servers or for one. */
export interface StatedAllocator {
  path: Path;
  setting: 'allocator' | 'pdAllocator';
  allocator: Allocator;
}

export function statedAllocators({
  kea,
  servers = [],
}: Pick<Scenario, 'kea' | 'servers'>): StatedAllocator[] {
  const blocks = [
    { path: ['kea'], block: kea },
    ...servers.map(({ kea: block = {} }, index) => ({ path: ['servers', index, 'kea'], block })),
  ];
  return (['allocator', 'pdAllocator'] as const).flatMap((setting) =>
    blocks.flatMap(({ path, block }): StatedAllocator[] => {
      const allocator = block[setting];
      return allocator === undefined ? [] : [{ path: [...path, setting], setting, allocator }];
    }),
  );
}

/** Those whose pools are small, as the free leases are listed. */
export function listingAllocators(scenario: Pick<Scenario, 'kea' | 'servers'>): StatedAllocator[] {
  return statedAllocators(scenario).filter(({ allocator }) => traitsOfAllocator(allocator).listsLeases);
}
