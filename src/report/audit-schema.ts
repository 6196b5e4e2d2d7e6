import { z } from 'zod';
import { FINDING_KINDS } from '../analysis/audit/model.js';

/** The schema of the audit of the lease tables in `result.json`. */

const count = z.int().min(0);

export const identitySchema = z
  .union([
    z.object({
      clientIdentifier: z.string().describe('DHCPv4 option 61'),
      hardwareAddress: z.string().describe('DHCPv4 chaddr'),
    }),
    z.object({ duid: z.string().describe('DHCPv6'), iaid: count.describe('DHCPv6') }),
    z.object({ identifier: z.string().describe('as the recording shows it') }),
  ])
  .describe('hexadecimal');

const text = z.string().nullable();
const row = z.object({
  address: z.string().describe('of the lease; of a prefix its first address'),
  leaseType: z.enum(['address', 'temporary', 'prefix']).describe("Kea's lease type"),
  prefixLength: count.describe('of a prefix; 32 or 128 for an address'),
  subnet: count.describe('subnet-id'),
  state: count.describe("Kea's lease state; 0: assigned"),
  expire: count.nullable().describe('seconds since 1970'),
  validLifetime: count.describe('seconds'),
  hardwareAddress: text.describe('DHCPv4, hexadecimal'),
  clientIdentifier: text.describe('DHCPv4, hexadecimal'),
  duid: text.describe('DHCPv6, hexadecimal'),
  iaid: count.nullable().describe('DHCPv6'),
});

export const rowsOnNodesSchema = z
  .array(
    z.object({
      node: z.string().describe('the node through which it was read'),
      row: row.nullable().describe('null: no row of that address'),
    }),
  )
  .readonly();

const findings = {
  counts: z
    .partialRecord(z.enum(FINDING_KINDS), count)
    .readonly()
    .describe('how many of each kind; a kind without any is left out'),
  findings: z
    .array(
      z.object({
        kind: z.enum(FINDING_KINDS).describe('what is wrong'),
        lease: z.string().describe('the lease concerned'),
        client: count.nullable().describe('its number, where it is known'),
        identity: identitySchema.nullable().describe('its identity, in hexadecimal'),
        server: text.describe('the server that gave the lease, if one did'),
        nodes: z.array(z.string()).readonly().describe('the nodes through which it was seen'),
        detail: z.string().describe('what was expected, in words'),
        rows: rowsOnNodesSchema.describe('the row on every node'),
        also: z
          .array(z.string())
          .readonly()
          .optional()
          .describe("for several-leases: the client's other live leases"),
      }),
    )
    .readonly()
    .describe('the first of each kind'),
  omitted: count.describe('findings that are not listed'),
};

const sent = {
  offers: count.describe('OFFER or ADVERTISE'),
  replies: count.describe('ACK or REPLY'),
  naks: count.describe('DHCPv4 NAK'),
};

export const caseAuditSchema = z.object({
  acknowledged: count.describe('leases that clients rely on when the tables are read'),
  givenBack: count
    .optional()
    .describe(
      'leases that were given back, as the server confirmed, and not given out again, declined ones while on probation; absent in results of earlier versions',
    ),
  rows: z
    .array(
      z.object({
        node: z.string().describe('its name'),
        rows: count.describe("rows of the case's subnet"),
      }),
    )
    .readonly()
    .describe('rows by node'),
  servers: z
    .array(
      z.object({
        server: z.string().describe('its name'),
        sent: z
          .object(sent)
          .nullable()
          .describe('answers by its own statistics, during the load; null where they could not be read'),
        received: z
          .object({ ...sent, unread: count.describe('answers that could not be read') })
          .describe('answers that reached the clients'),
      }),
    )
    .readonly()
    .describe('the answers of each server: sent and received'),
  ...findings,
});

const table = z
  .object({
    rows: count.describe('all of them'),
    digest: z.string().describe('SHA-256 of all rows and columns'),
  })
  .nullable();

export const runAuditSchema = z.object({
  notMade: z.array(z.string()).readonly().describe('what could not be read; empty for a whole audit'),
  goneWithTheDead: z
    .array(z.string())
    .readonly()
    .optional()
    .describe('what could not be read because a node or server had died; absent where none had'),
  replicated: z.boolean().describe('whether every node must have the same rows'),
  settled: z.boolean().describe('whether the nodes came to rest before they were read'),
  settledAfterMs: count.describe('how long that took'),
  nodes: z
    .array(
      z.object({
        node: z.string().describe('its name'),
        lease4: table.describe('the table of DHCPv4; null where it was not read'),
        lease6: table.describe('the table of DHCPv6; null where it was not read'),
      }),
    )
    .readonly()
    .describe('the lease tables as each node has them'),
  ...findings,
});

export const accompanyingSchema = z
  .object({
    messages: z
      .array(
        z.object({
          server: z.string().describe('the server whose log has the message'),
          identifier: z.string().describe('of the message, such as ALLOC_ENGINE_V6_ALLOC_ERROR'),
          severity: z.string().describe('WARN, ERROR or FATAL'),
          count: count.describe('how often'),
          errorCodes: z
            .record(z.string(), count)
            .readonly()
            .describe('how often with each error code of the database, such as 1213'),
          readErrorCodes: z
            .record(z.string(), count)
            .readonly()
            .optional()
            .describe('of these, those of statements that only read'),
        }),
      )
      .readonly()
      .describe("warnings and errors in the servers' logs"),
    withoutLog: z.array(z.string()).readonly().optional().describe('servers whose log could not be read'),
    nodes: z
      .array(
        z.object({
          node: z.string().describe('its name'),
          growth: z
            .record(z.string(), z.number())
            .readonly()
            .describe('by counter, such as wsrep_local_cert_failures'),
          pausedPercent: z
            .number()
            .optional()
            .describe('percentage of the time of the load in which flow control held writes back'),
        }),
      )
      .readonly()
      .describe("what the nodes' counters grew by during the load"),
  })
  .describe('log messages and counters of the nodes during the load; no cause is inferred');
