import { z } from 'zod';
import { leaseKeys } from './kea-leases.js';
import { ownKeaKeys } from './kea-own.js';
import { leaseDatabase } from './lease-database.js';
import { milliseconds, path } from './primitives.js';

/** `kea`: the servers. */
export const kea = z
  .strictObject({
    ...ownKeaKeys,
    offerLifetime: z
      .int()
      .min(1)
      .max(0xffff_fffe)
      .optional()
      .describe(
        'DHCPv4: seconds for which an offered address is reserved, stored with the offer; since 2.3.6',
      ),
    matchClientId: z
      .boolean()
      .optional()
      .describe(
        "DHCPv4: whether the servers know a client by its client identifier; false: by its hardware address alone, and rows have no client identifier. Kea's default is true",
      ),
    reservedClients: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe(
        'host reservations in the database: how many clients of each case have a lease of their own, which no other client may get. Client 0 has the last lease of the pool, client 1 the one before it, and so on. Servers find them by client identifier (by hardware address where a client has none) or DUID',
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
    dhcp4: path.optional().describe('an installed kea-dhcp4, instead of the private root; by default that of the installation that KEA_CONFORMANCE_KEA names'),
    dhcp6: path.optional().describe('an installed kea-dhcp6, likewise'),
    schema: path.optional().describe('its dhcpdb_create.mysql, likewise'),
    haproxy: path.optional().describe('an installed haproxy, for kea.proxy, instead of the private root'),
    startTimeoutMs: milliseconds.default(30_000).describe('how long a server may take to become ready'),
  })
  .prefault({})
  .describe('the Kea servers');
