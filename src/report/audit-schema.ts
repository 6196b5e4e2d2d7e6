import { z } from 'zod';
import { FINDING_KINDS } from '../analysis/audit/model.js';

/** The part of `result.json` that the audit of the lease tables fills. */

const count = z.int().min(0);

export const identitySchema = z
  .union([
    z.object({ clientIdentifier: z.string(), hardwareAddress: z.string() }),
    z.object({ duid: z.string(), iaid: count }),
    z.object({ identifier: z.string().describe('as a source of others has it') }),
  ])
  .describe('hexadecimal');

const text = z.string().nullable();
const row = z.object({
  address: z.string(),
  leaseType: z.enum(['address', 'temporary', 'prefix']),
  prefixLength: count,
  subnet: count,
  state: count.describe('0: assigned'),
  expire: count.nullable().describe('seconds since 1970'),
  validLifetime: count,
  hardwareAddress: text,
  clientIdentifier: text,
  duid: text,
  iaid: count.nullable(),
});

export const rowsOnNodesSchema = z
  .array(z.object({ node: z.string(), row: row.nullable().describe('null: no row of that address') }))
  .readonly();

const findings = {
  counts: z.partialRecord(z.enum(FINDING_KINDS), count).readonly(),
  findings: z
    .array(
      z.object({
        kind: z.enum(FINDING_KINDS),
        lease: z.string(),
        client: count.nullable(),
        identity: identitySchema.nullable(),
        server: text,
        nodes: z.array(z.string()).readonly().describe('the nodes through which it was seen'),
        detail: z.string(),
        rows: rowsOnNodesSchema,
      }),
    )
    .readonly(),
  omitted: count,
};

const sent = { offers: count, replies: count, naks: count };

export const caseAuditSchema = z.object({
  acknowledged: count.describe('leases that clients rely on when the tables are read'),
  rows: z.array(z.object({ node: z.string(), rows: count })).readonly(),
  servers: z
    .array(
      z.object({
        server: z.string(),
        sent: z.object(sent).nullable().describe('by its own statistics, during the load'),
        received: z.object({ ...sent, unread: count }),
      }),
    )
    .readonly(),
  ...findings,
});

const table = z
  .object({ rows: count, digest: z.string().describe('SHA-256 of all rows and columns') })
  .nullable();

export const runAuditSchema = z.object({
  notMade: z.array(z.string()).readonly().describe('what could not be read; empty for a whole audit'),
  replicated: z.boolean(),
  settled: z.boolean(),
  settledAfterMs: count,
  nodes: z.array(z.object({ node: z.string(), lease4: table, lease6: table })).readonly(),
  ...findings,
});

export const accompanyingSchema = z
  .object({
    messages: z
      .array(
        z.object({
          server: z.string(),
          identifier: z.string(),
          severity: z.string(),
          count,
          errorCodes: z.record(z.string(), count).readonly().describe('of the database, such as 1213'),
        }),
      )
      .readonly()
      .describe("warnings and errors in the servers' logs"),
    withoutLog: z.array(z.string()).readonly().optional().describe('servers whose log was not seen'),
    nodes: z
      .array(z.object({ node: z.string(), growth: z.record(z.string(), z.number()).readonly() }))
      .readonly()
      .describe("what the nodes' counters grew by during the load"),
  })
  .describe('what logs and nodes said while the figures came about; no cause is inferred');
