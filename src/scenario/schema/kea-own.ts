import { z } from 'zod';
import { ALLOCATOR_NAMES } from '../allocators.js';
import { version } from './primitives.js';

/**
 * The keys of `kea` in which servers may differ (`servers.N.kea`): the version, and what decides how a server allocates
 * and answers. What the pools are, and how long leases last, is the same for all servers.
 */

/** Any part of Kea's configuration. Kea itself checks it. */
const extra = z.record(z.string(), z.unknown().describe("as in Kea's configuration")).optional();

export const ownKeaKeys = {
  version: version
    .optional()
    .describe(
      "the version of Kea, such as 2.2, 2.6 or 3.0; by default the version in the machine's own suite. The database stays the same",
    ),
  allocator: z
    .enum(ALLOCATOR_NAMES)
    .optional()
    .describe(
      "how a server picks an address; by default Kea's own, iterative. random and flq since 2.3, shared-flq since 3.1.9 (experimental)",
    ),
  pdAllocator: z.enum(ALLOCATOR_NAMES).optional().describe('the same for prefixes'),
  threads: z
    .int()
    .min(0)
    .max(64)
    .optional()
    .describe(
      'worker threads of each server, 0 for multi-threading off; by default as in that version of Kea',
    ),
  packetQueueSize: z
    .int()
    .min(1)
    .max(65_536)
    .optional()
    .describe("messages that wait for each worker thread; Kea drops what is beyond. Kea's default is 64"),
  cacheThreshold: z
    .number()
    .min(0)
    .lt(1)
    .optional()
    .describe(
      "lease caching: the share of the lifetime in which a renewal writes nothing to the database; 0 for none. Kea's default is 0.25 since 3.0, and 0 before",
    ),
  cacheMaxAge: z
    .int()
    .min(0)
    .max(0xffff_ffff)
    .optional()
    .describe('lease caching: the most seconds in which a renewal writes nothing; by default no limit'),
  extra: extra.describe(
    "any part of Kea's configuration, merged into Dhcp4 and Dhcp6 of what the harness generates, with Kea's own keys. Kea checks the result before anything is started",
  ),
  dhcp4Extra: extra.describe('the same for DHCPv4 servers alone, merged after `extra`'),
  dhcp6Extra: extra.describe('the same for DHCPv6 servers alone, merged after `extra`'),
};
