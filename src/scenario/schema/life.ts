import { z } from 'zod';
import { lowThenHigh, milliseconds, ORDERED, rate } from './primitives.js';

const perServer = (what: string) =>
  rate.optional().describe(`how many a second at each server: clients that ${what}`);

/** `load.life`: what clients do with their leases. */
export const life = z
  .strictObject({
    seconds: z
      .number()
      .positive()
      .max(604_800)
      .describe('how long clients act, from when the last client has started'),
    renewPerServer: perServer('renew their lease at the server that gave it'),
    rebindPerServer: perServer('renew their lease at the next server, as they do when their own is silent'),
    releasePerServer: perServer('give their lease back'),
    declinePerServer: perServer(
      'decline their address, as if somebody used it, which removes it from the pool for kea.declineProbationPeriod, by default a day; prefixes are not declined (RFC 8415 section 18.2.8)',
    ),
    leavePerServer: perServer('fall silent, so that their lease runs out'),
    returnDelayMs: z
      .tuple([milliseconds, milliseconds])
      .refine(lowThenHigh, ORDERED)
      .default([100, 1_000])
      .describe(
        'a client that gave its lease back, or whose lease ran out, comes back as itself after a random time between these; at most 65,535 times',
      ),
  })
  .optional()
  .describe(
    'what clients do with their leases when all have started; each client is picked at random among those that hold a lease and wait for no answer. By default clients do nothing more',
  );
