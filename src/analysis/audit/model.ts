import type { PausedNode } from '../flow-control.js';
import type { ReadRow } from '../../evidence/lease-file.js';
import type { LeaseRow } from '../../evidence/lease-row.js';
import type { LeaseTableName, SystemEvidence } from '../../evidence/system.js';
import { AUDIT_CHECKS } from '../../scenario/known-causes.js';
import type { ReceivedMessages } from '../traffic.js';

/** What the audit works from, besides the observations. */
export interface AuditInput {
  system: SystemEvidence;
  /** The seed of the run. With it, the identity in a row tells the client. */
  seed: number;
  /**
   * DHCPv4: for how many seconds a server reserves an offered lease in the lease table; 0 or absent where it stores
   * nothing.
   */
  offerLifetime?: number | undefined;
  /** Goes once over a table as it was read through a node. It is called as often as needed. */
  rows: (node: string, table: LeaseTableName) => Iterable<ReadRow>;
}

/** Why there is no audit. */
export interface NoAudit {
  notMade: string;
}

/** The identity of a client. The identifiers and the hardware address are hexadecimal. */
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

export interface Finding {
  kind: FindingKind;
  /** `192.0.2.7`, `2001:db8::1`, `2001:db8:7::/64` */
  lease: string;
  client: number | null;
  identity: Identity | null;
  /** The server that gave the lease; null if none did. */
  server: string | null;
  /** The nodes through which the finding was seen. */
  nodes: readonly string[];
  /** What was expected, in words. */
  detail: string;
  rows: readonly RowOnNode[];
  /** `several-leases`: the client's other live leases. */
  also?: readonly string[];
}

export interface RowOnNode {
  node: string;
  /** Null if the node has no row of that address. */
  row: LeaseRow | null;
}

export interface FindingList {
  /** How many of each kind; a kind without any is left out. */
  counts: Readonly<Partial<Record<FindingKind, number>>>;
  /** The first findings of each kind. */
  findings: readonly Finding[];
  omitted: number;
}

export interface CaseAudit extends FindingList {
  /** Leases that clients rely on when the tables are read. */
  acknowledged: number;
  /**
   * Leases that were given back, as the server confirmed, and given to nobody since. A declined lease counts while it
   * is on probation.
   */
  givenBack: number;
  /** Rows of the case's subnet, by node. */
  rows: readonly { node: string; rows: number }[];
  servers: readonly ServerCounters[];
}

/** What a server says it sent during the load, and what arrived of it. */
export interface ServerCounters {
  server: string;
  /** By Kea's own statistics; null where they could not be read. */
  sent: Omit<ReceivedMessages, 'unread'> | null;
  received: ReceivedMessages;
}

/** The part of the audit that is about nodes and not about one case. */
export interface RunAudit extends FindingList {
  /** What could not be read, in words; empty for a whole audit. */
  notMade: readonly string[];
  /**
   * What could not be read because a node or server had died, in words; absent where nothing is missing for that
   * reason.
   */
  goneWithTheDead?: readonly string[];
  replicated: boolean;
  settled: boolean;
  settledAfterMs: number;
  nodes: readonly ({ node: string } & Record<LeaseTableName, { rows: number; digest: string } | null>)[];
}

/** What logs and nodes said while the figures came about. No cause is inferred from it. */
export interface Accompanying {
  /** Warnings and errors, the most frequent first. */
  messages: readonly {
    server: string;
    identifier: string;
    severity: string;
    count: number;
    errorCodes: Readonly<Record<string, number>>;
    /** Of `errorCodes`, the errors of statements that only read. */
    readErrorCodes?: Readonly<Record<string, number>> | undefined;
  }[];
  /** Servers whose log nobody saw, so that the absence of their errors says nothing. */
  withoutLog?: readonly string[];
  /**
   * By how much the counters of each node grew during the load, and for how much of the load replication held writes
   * back.
   */
  nodes: readonly (PausedNode & { growth: Readonly<Record<string, number>> })[];
}

export const AUDIT_CHECK_NAMES = [...AUDIT_CHECKS, 'load.lost'] as const;
export type AuditCheckName = (typeof AUDIT_CHECK_NAMES)[number];
