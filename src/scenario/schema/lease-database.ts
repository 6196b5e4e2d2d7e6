import { z } from 'zod';

const seconds = z.int().min(0).max(3_600);

/** What a Kea server does if its configuration does not say otherwise (Kea manual, "Lease Storage"). */
export const LEASE_DATABASE_DEFAULTS = {
  maxReconnectTries: 0,
  reconnectWaitTime: 0,
  onFail: 'stop-retry-exit',
  retryOnStartup: false,
  connectTimeout: 5,
  readTimeout: 0,
} as const;

const byDefault = (key: keyof typeof LEASE_DATABASE_DEFAULTS): string =>
  `Kea's default is ${LEASE_DATABASE_DEFAULTS[key]}`;

/** `kea.leaseDatabase`: Kea's keys of `lease-database` in camel case (Kea manual, "Lease Storage"). */
export const leaseDatabase = z
  .strictObject({
    maxReconnectTries: z
      .int()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe(`how often a server tries to reach its database again; ${byDefault('maxReconnectTries')}`),
    reconnectWaitTime: z
      .int()
      .min(0)
      .max(3_600_000)
      .optional()
      .describe(`milliseconds between two tries; ${byDefault('reconnectWaitTime')}`),
    onFail: z
      .enum(['stop-retry-exit', 'serve-retry-exit', 'serve-retry-continue'])
      .optional()
      .describe(
        `what a server does without its database: whether it answers clients meanwhile, and whether it ends when no try succeeds. ${byDefault('onFail')}`,
      ),
    retryOnStartup: z
      .boolean()
      .optional()
      .describe(`whether a server that starts tries again too; since 2.5.5. ${byDefault('retryOnStartup')}`),
    connectTimeout: seconds.optional().describe(`seconds for a connection to be made; ${byDefault('connectTimeout')}`),
    readTimeout: seconds
      .optional()
      .describe("seconds for an answer of the database, since 2.3.4; 0: no limit, which is Kea's default"),
  })
  .optional()
  .describe("how a server treats its database's failure; omitted keys keep Kea's defaults");
