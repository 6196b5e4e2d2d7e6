import type { PausedNode } from '../flow-control.js';
import type { ReadRow } from '../../evidence/lease-file.js';
import type { LeaseRow } from '../../evidence/lease-row.js';
import type { LeaseTableName, SystemEvidence } from '../../evidence/system.js';
import { AUDIT_CHECKS } from '../../scenario/known-causes.js';
import type { ReceivedMessages } from '../traffic.js';

/** What the audit works from, beside what was observed. */
export interface AuditInput {
  system: SystemEvidence;
  /** Of the run: with it, a row's identity tells the client. */
  seed: number;
  /** DHCPv4: seconds for which a server reserves what it offers, in the lease table; 0 or absent where it stores nothing. */
  offerLifetime?: number | undefined;
  /** One pass over a table as it was read through a node; asked for as often as needed. */
  rows: (node: string, table: LeaseTableName) => Iterable<ReadRow>;
}

/** Why there is no audit. */
export interface NoAudit {
  notMade: string;
}

/** What a client is known by, as hexadecimal; DESIGN, "Words". */
export type Identity = { clientIdentifier: string; hardwareAddress: string } | { duid: string; iaid: number };

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
 * - `missing`: acknowledged, and no row for it
 * - `not-live`: acknowledged, and its row expired, declined or reclaimed
 * - `other-identity`: acknowledged, and its row is another client's
 * - `expiry`: the row ends earlier or later than the answer said
 * - `lifetime`: the row is for another time than the answer said
 * - `untold`: a live row that no client was told of
 * - `out-of-pool`, `wrong-length`: a live row of a lease that the configuration doesn't have, or such a lease acknowledged
 * - `several-leases`: more than one live row for one client, IAID and subnet
 * - `still-live`: given back, the server said so, and its row is still that client's
 * - `not-declined`: declined, the server said so, and its row does not
 * - `differing`: not the same row on every node
 */
export type FindingKind = (typeof FINDING_KINDS)[number];

export interface Finding {
  kind: FindingKind;
  /** `192.0.2.7`, `2001:db8::1`, `2001:db8:7::/64` */
  lease: string;
  client: number | null;
  identity: Identity | null;
  /** The server that gave the lease, where one did. */
  server: string | null;
  /** The nodes through which it was seen. */
  nodes: readonly string[];
  /** What was expected, in words. */
  detail: string;
  rows: readonly RowOnNode[];
  /** `several-leases`: the client's other live leases. */
  also?: readonly string[];
}

export interface RowOnNode {
  node: string;
  /** Null: no row of that address. */
  row: LeaseRow | null;
}

export interface FindingList {
  /** How many of each kind; a kind without any is left out. */
  counts: Readonly<Partial<Record<FindingKind, number>>>;
  /** The first of each kind. */
  findings: readonly Finding[];
  omitted: number;
}

export interface CaseAudit extends FindingList {
  /** Leases that clients rely on when the tables are read. */
  acknowledged: number;
  /** Leases given back, by the server's own word, and given to nobody since; declined ones while on probation. */
  givenBack: number;
  /** Rows of the case's subnet, by node. */
  rows: readonly { node: string; rows: number }[];
  servers: readonly ServerCounters[];
}

/** What a server says it sent during the load, and what came of it. */
export interface ServerCounters {
  server: string;
  /** By Kea's own statistics; null where they could not be read. */
  sent: Omit<ReceivedMessages, 'unread'> | null;
  received: ReceivedMessages;
}

/** The audit as far as it is about nodes and not about one case. */
export interface RunAudit extends FindingList {
  /** What could not be read, in words; empty for a whole audit. */
  notMade: readonly string[];
  /** What could not be read because somebody had died, in words; absent where nobody had. */
  goneWithTheDead?: readonly string[];
  replicated: boolean;
  settled: boolean;
  settledAfterMs: number;
  nodes: readonly ({ node: string } & Record<LeaseTableName, { rows: number; digest: string } | null>)[];
}

/** What logs and nodes said while the figures came about; no cause is inferred from it. */
export interface Accompanying {
  /** Of warnings and errors, most frequent first. */
  messages: readonly {
    server: string;
    identifier: string;
    severity: string;
    count: number;
    errorCodes: Readonly<Record<string, number>>;
    /** Of these, those of statements that only read. */
    readErrorCodes?: Readonly<Record<string, number>> | undefined;
  }[];
  /** Servers whose log was not seen, so that its having no errors says nothing. */
  withoutLog?: readonly string[];
  /** The nodes' counters: what they grew by during the load, and for how much of it replication held writes back. */
  nodes: readonly (PausedNode & { growth: Readonly<Record<string, number>> })[];
}

export const AUDIT_CHECK_NAMES = [...AUDIT_CHECKS, 'load.lost'] as const;
export type AuditCheckName = (typeof AUDIT_CHECK_NAMES)[number];
