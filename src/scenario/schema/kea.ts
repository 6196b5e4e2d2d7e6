import { z } from 'zod';
import { milliseconds, path } from './primitives.js';

/** `kea`: the servers. */
export const kea = z
  .strictObject({
    dhcp4: path.optional().describe('an installed kea-dhcp4, instead of the private root'),
    dhcp6: path.optional().describe('an installed kea-dhcp6'),
    schema: path.optional().describe('its dhcpdb_create.mysql'),
    startTimeoutMs: milliseconds.default(30_000).describe('how long a server may take to become ready'),
  })
  .prefault({})
  .describe('the Kea servers');
