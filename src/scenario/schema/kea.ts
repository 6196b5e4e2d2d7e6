import { z } from 'zod';
import { leaseKeys } from './kea-leases.js';
import { leaseDatabase } from './lease-database.js';
import { milliseconds, path } from './primitives.js';

/** Without quotes, YAML reads 2.6 as a number, and 3.0 as the number 3. */
const version = z
  .preprocess(
    (value) => (typeof value === 'number' ? (Number.isInteger(value) ? `${value}.0` : String(value)) : value),
    z.string().regex(/^\d{1,3}(\.\d{1,3}){1,2}$/, { message: 'must be a version such as 2.6 or 2.6.3' }),
  )
  .meta({ type: ['string', 'number'] });

/** `kea`: the servers. */
export const kea = z
  .strictObject({
    version: version
      .optional()
      .describe(
        "the version of Kea, such as 2.2, 2.6 or 3.0; by default the version in the machine's own suite. The database stays the same",
      ),
    allocator: z
      .enum(['iterative', 'random', 'flq'])
      .optional()
      .describe("how a server picks an address; by default Kea's own, iterative. random and flq since 2.3"),
    pdAllocator: z.enum(['iterative', 'random', 'flq']).optional().describe('the same for prefixes'),
    offerLifetime: z
      .int()
      .min(1)
      .max(0xffff_fffe)
      .optional()
      .describe(
        'DHCPv4: seconds for which an offered address is reserved, stored with the offer; since 2.3.6',
      ),
    threads: z
      .int()
      .min(0)
      .max(64)
      .optional()
      .describe(
        'worker threads of each server, 0 for multi-threading off; by default as in that version of Kea',
      ),
    repairedRetry: z
      .boolean()
      .optional()
      .describe(
        "an experiment that changes Kea: a library preloaded into each server lets Kea's own retry after a lost race (error 1213) work; needs the provider local and a C compiler (the private root has tcc)",
      ),
    ...leaseKeys,
    leaseDatabase,
    // Like `leaseDatabase`, it decides how a server reaches its database. The nodes know nothing of it.
    proxy: z
      .enum(['haproxy'])
      .optional()
      .describe(
        'what stands between the servers and the nodes; by default each server is pinned to its node. haproxy: each server goes to its own node as long as that is ready (wsrep_ready), else to another. Needs nodes with write-set replication',
      ),
    dhcp4: path.optional().describe('an installed kea-dhcp4, instead of the private root'),
    dhcp6: path.optional().describe('an installed kea-dhcp6'),
    schema: path.optional().describe('its dhcpdb_create.mysql'),
    haproxy: path.optional().describe('an installed haproxy, for kea.proxy, instead of the private root'),
    startTimeoutMs: milliseconds.default(30_000).describe('how long a server may take to become ready'),
  })
  .prefault({})
  .describe('the Kea servers');
