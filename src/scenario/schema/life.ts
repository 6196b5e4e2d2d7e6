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
    renewAtT1: z
      .boolean()
      .default(false)
      .describe(
        'clients renew as their lease says: at the server that gave it when T1 is over, and at the next server when T2 is over and none has answered (RFC 2131 section 4.4.5, RFC 8415 section 18.2.4). The times are those that the server told, or 0.5 and 0.875 of the lifetime in DHCPv4, 0.5 and 0.8 of the preferred lifetime in DHCPv6',
      ),
    rebootPerServer: perServer(
      'boot again, and ask the next server for the lease that they remember: DHCPv4 in the state INIT-REBOOT (RFC 2131 section 3.2), DHCPv6 by a CONFIRM for addresses, of which the answer says only whether they fit the link, and by a REBIND where there is a prefix (RFC 8415 section 18.2.12)',
    ),
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
