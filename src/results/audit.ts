import { z } from 'zod';
import { later, whole, type Judged } from './registry/figure.js';

/** The schema of the audit of the lease tables. */

export const FINDING_KINDS = [
  'missing',
  'not-live',
  'other-identity',
  'expiry',
  'lifetime',
  'untold',
  'out-of-pool',
  'wrong-length',
  'several-leases',
  'still-live',
  'not-declined',
  'differing',
] as const;
/**
 * - `missing`: an acknowledged lease has no row
 * - `not-live`: the row of an acknowledged lease is expired, declined or reclaimed
 * - `other-identity`: the row of an acknowledged lease is another client's
 * - `expiry`: the row ends earlier or later than the answer said
 * - `lifetime`: the row has another valid lifetime than the answer said
 * - `untold`: a live row that no client was told of
 * - `out-of-pool`, `wrong-length`: a live row or an acknowledged lease that the configuration doesn't have
 * - `several-leases`: more than one live row for one client, IAID and subnet
 * - `still-live`: a client gave the lease back and the server confirmed it, but the live row is still that client's
 * - `not-declined`: a client declined the lease and the server confirmed it, but no row is declined
 * - `differing`: a row is not the same on every node
 */
export type FindingKind = (typeof FINDING_KINDS)[number];

const identities = [
  z.object({
    clientIdentifier: z.string().describe('DHCPv4 option 61'),
    hardwareAddress: z.string().describe('DHCPv4 chaddr'),
  }),
  z.object({ duid: z.string().describe('DHCPv6'), iaid: whole.describe('DHCPv6') }),
] as const;

export const identitySchema = z
  .union([...identities, z.object({ identifier: z.string().describe('as the recording shows it') })])
  .describe('hexadecimal');

/** The identity of a client of a run. The identifiers and the hardware address are hexadecimal. */
export type Identity = z.output<(typeof identities)[number]>;

const text = z.string().nullable();

/** A row of `lease4` or `lease6`, the same whatever the version of Kea's schema. */
const leaseRowSchema = z.object({
  address: z.string().describe('of the lease; of a prefix its first address'),
  leaseType: z.enum(['address', 'temporary', 'prefix']).describe("Kea's lease type"),
  prefixLength: whole.describe('of a prefix; 32 or 128 for an address'),
  subnet: whole.describe('subnet-id'),
  state: whole.describe("Kea's lease state; 0: assigned"),
  expire: whole.nullable().describe('seconds since 1970'),
  validLifetime: whole.describe('seconds'),
  hardwareAddress: text.describe('DHCPv4, hexadecimal'),
  clientIdentifier: text.describe('DHCPv4, hexadecimal'),
  duid: text.describe('DHCPv6, hexadecimal'),
  iaid: whole.nullable().describe('DHCPv6'),
});

export type LeaseRow = z.output<typeof leaseRowSchema>;

const rowOnNodeSchema = z.object({
  node: z.string().describe('the node through which it was read'),
  row: leaseRowSchema.nullable().describe('null: no row of that address'),
});
export type RowOnNode = z.output<typeof rowOnNodeSchema>;

export const rowsOnNodesSchema = z.array(rowOnNodeSchema).readonly();

const findingSchema = z.object({
  kind: z.enum(FINDING_KINDS).describe('what is wrong'),
  lease: z.string().describe('the lease concerned'),
  client: whole.nullable().describe('its number, where it is known'),
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
  during: z
    .array(whole)
    .readonly()
    .optional()
    .describe(
      'the faults that were active when the lease was acknowledged, by their places in the list of faults; absent for a row that nobody was told of, and in a run without faults',
    ),
  before: whole
    .optional()
    .describe('if none was active: the place of the first fault that began after that; absent if none did'),
});
export type Finding = z.output<typeof findingSchema>;

const findings = {
  counts: z
    .partialRecord(z.enum(FINDING_KINDS), whole)
    .readonly()
    .describe('how many of each kind; a kind without any is left out'),
  findings: z.array(findingSchema).readonly().describe('the first of each kind'),
  omitted: whole.describe('findings that are not listed'),
};
export type FindingList = z.output<z.ZodObject<typeof findings>>;

const sent = {
  offers: whole.describe('OFFER or ADVERTISE'),
  replies: whole.describe('ACK or REPLY'),
  naks: whole.describe('DHCPv4 NAK'),
};

const serverCountersSchema = z.object({
  server: z.string().describe('its name'),
  sent: z
    .object(sent)
    .nullable()
    .describe('answers by its own statistics, during the load; null where they could not be read'),
  doubled: whole
    .optional()
    .describe('answers that a fault let come twice, each counted twice in `received`; absent if none did'),
  received: z
    .object({ ...sent, unread: whole.describe('answers that could not be read') })
    .describe('answers that reached the clients'),
});
/** What a server says it sent during the load, and what arrived of it. */
export type ServerCounters = z.output<typeof serverCountersSchema>;

export const caseAuditSchema = z.object({
  acknowledged: whole.describe('leases that clients rely on when the tables are read'),
  givenBack: later(whole).describe(
    'leases that were given back, as the server confirmed, and not given out again, declined ones while on probation; absent in results of earlier versions',
  ),
  rows: z
    .array(
      z.object({
        node: z.string().describe('its name'),
        rows: whole.describe("rows of the case's subnet"),
      }),
    )
    .readonly()
    .describe('rows by node'),
  servers: z.array(serverCountersSchema).readonly().describe('the answers of each server: sent and received'),
  ...findings,
});

export type CaseAudit = Judged<typeof caseAuditSchema>;

const table = z
  .object({
    rows: whole.describe('all of them'),
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
  settledAfterMs: whole.describe('how long that took'),
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

/** The part of the audit that is about nodes and not about one case. */
export type RunAudit = z.output<typeof runAuditSchema>;

export const accompanyingSchema = z
  .object({
    messages: z
      .array(
        z.object({
          server: z.string().describe('the server whose log has the message'),
          identifier: z.string().describe('of the message, such as ALLOC_ENGINE_V6_ALLOC_ERROR'),
          severity: z.string().describe('WARN, ERROR or FATAL'),
          count: whole.describe('how often'),
          errorCodes: z
            .record(z.string(), whole)
            .readonly()
            .describe('how often with each error code of the database, such as 1213'),
          readErrorCodes: z
            .record(z.string(), whole)
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
    notCounted: z
      .array(
        z.object({
          node: z.string().describe('its name'),
          why: z.string().describe('such as `it was started again during the load`'),
        }),
      )
      .readonly()
      .optional()
      .describe('nodes whose counters could not be read, or not compared with those before the load'),
  })
  .describe('log messages and counters of the nodes during the load; no cause is inferred');
/** What logs and nodes said while the figures came about. No cause is inferred from it. */
export type Accompanying = z.output<typeof accompanyingSchema>;
