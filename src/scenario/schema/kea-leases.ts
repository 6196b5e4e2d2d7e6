import { z } from 'zod';

/** The keys of `kea` for how long leases last, how many there are, and what happens to expired leases. */

/** In seconds. 0xffffffff stands for infinity and is not allowed (RFC 2131 section 3.3, RFC 8415 section 7.7). */
const lifetime = z.int().min(1).max(0xffff_fffe);
const seconds = z.int().min(0).max(0xffff);

/** Kea's keys of `expired-leases-processing` in camel case: Kea manual, "Lease Reclamation". */
const expiredLeases = z
  .strictObject({
    reclaimTimerWaitTime: seconds
      .optional()
      .describe("seconds between two reclamations of expired leases; 0: none. Kea's default is 10"),
    maxReclaimLeases: z
      .int()
      .min(0)
      .max(0xffff_ffff)
      .optional()
      .describe("most leases reclaimed at once; 0: all that have expired. Kea's default is 100"),
    maxReclaimTime: z
      .int()
      .min(0)
      .max(10_000)
      .optional()
      .describe("most milliseconds that a reclamation takes; 0: as long as it needs. Kea's default is 250"),
    holdReclaimedTime: seconds
      .optional()
      .describe(
        "seconds for which a reclaimed lease stays in the table for its client, which can then get it again (lease affinity); 0: it is removed. Kea's default is 3600",
      ),
    flushReclaimedTimerWaitTime: seconds
      .optional()
      .describe("seconds between two removals of rows past holdReclaimedTime; 0: none. Kea's default is 25"),
  })
  .optional()
  .describe("how Kea treats expired leases; omitted keys keep Kea's defaults");

export const leaseKeys = {
  validLifetime: lifetime
    .optional()
    .describe('seconds for which a lease is valid; 4000 by default, which outlasts a run'),
  preferredLifetime: lifetime
    .optional()
    .describe(
      "DHCPv6: seconds for which it is preferred, at most kea.validLifetime; by default 0.625 of it",
    ),
  renewTimer: lifetime
    .optional()
    .describe(
      'seconds until a client renews, T1; by default 1000, or, if kea.validLifetime is set, the defaults of clients and Kea',
    ),
  rebindTimer: lifetime
    .optional()
    .describe(
      'seconds until a client rebinds, T2; by default 2000, or, if kea.validLifetime is set, the defaults of clients and Kea',
    ),
  declineProbationPeriod: z
    .int()
    .min(1)
    .max(0xffff_ffff)
    .optional()
    .describe("seconds for which a declined lease is given to nobody. Kea's default is 86400"),
  poolLeases: z
    .int()
    .min(1)
    .max(2 ** 23)
    .optional()
    .describe(
      'leases in the pool of each case, a power of two if prefixes are delegated; by default more than any run needs',
    ),
  expiredLeases,
};
