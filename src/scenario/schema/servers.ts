import { z } from 'zod';
import { ownKeaKeys } from './kea-own.js';

/** A variable that the harness sets itself, or that a key of its own sets. */
const OWN_VARIABLE = /^(PATH|TZ|KEA_.*|FAKETIME.*|.*DONT_FAKE_MONOTONIC|LD_PRELOAD)$/;

const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { message: 'must be the name of an environment variable' })
  .refine((name) => !OWN_VARIABLE.test(name), {
    message: 'must be a variable that the harness does not set itself; timeZone and clockOffset set the time',
  });

/** Ten years. */
const MOST_SECONDS = 10 * 365 * 86_400;

/** `servers`: a Kea server of each case. */
const server = z.strictObject({
  node: z.int().min(1).describe('the node this server is pinned to, from 1'),
  timeZone: z
    .string()
    .refine(isTimeZone, { message: 'must be a time zone such as America/New_York or Asia/Tokyo' })
    .optional()
    .describe(
      'the time zone of this server, with the offset that it has when the run starts; UTC by default. Kea writes the expiry of leases in local time',
    ),
  clockOffset: z
    .number()
    .min(-MOST_SECONDS)
    .max(MOST_SECONDS)
    .optional()
    .describe(
      'seconds by which the clock of this server is ahead, negative for behind (libfaketime; monotonic time stays as it is); needs the provider local',
    ),
  environment: z
    .record(variable, z.string())
    .optional()
    .describe('environment variables of this server, by name'),
  kea: z
    .strictObject(ownKeaKeys)
    .optional()
    .describe(
      'in which this server differs from what `kea` says of all servers. Parts of `extra` are merged after those of `kea`',
    ),
});

export const servers = z
  .array(server)
  .min(1)
  .max(9)
  .optional()
  .describe('the Kea servers of each case; by default one a node');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
