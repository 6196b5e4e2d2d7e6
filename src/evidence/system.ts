import type { CaseSubnet } from '../kea/case-subnet.js';

/** What nodes and servers said around the load: the part of `evidence.json` that the audit works from. */
export interface SystemEvidence {
  /** Whether every node is to hold the rows of every server; where not, each server has a database of its own. */
  replicated: boolean;
  /** Only the rows of this run's clients were read, as the tables hold others' too. */
  ownRowsOnly?: boolean;
  /** The wall clock at two moments, so that lease expiry can be set against the run's own times. */
  clock: {
    start: ClockReading;
    end: ClockReading;
    /** When the last lease table had been read; absent in runs of earlier versions. */
    tables?: ClockReading;
  };
  /** Where each case's leases must lie: of a case with several relays one for each, in their order. */
  subnets: readonly SubnetEvidence[];
  nodes: readonly NodeEvidence[];
  servers: readonly ServerEvidence[];
  settling: Settling;
}

export interface ClockReading {
  /** On the run's clock, microseconds. */
  atUs: number;
  /** The wall clock then, microseconds since 1970. */
  unixUs: number;
}

export interface SubnetEvidence extends Pick<CaseSubnet, 'id' | 'pool' | 'prefixPool'> {
  case: string;
}

/**
 * What was asked for; why there is no answer; or why there is nobody to ask, which is no failure. `died` names the node or
 * server whose death is why.
 */
export type Seen<T> = { seen: T } | { failed: string } | { absent: string; died?: string };

/** What was seen, or undefined. */
export function seenOf<T>(reading: Seen<T>): T | undefined {
  return 'seen' in reading ? reading.seen : undefined;
}

/** Whose death is why there is nobody to ask. */
export function diedOf(reading: Seen<unknown>): string | undefined {
  return 'absent' in reading ? reading.died : undefined;
}

export interface NodeEvidence {
  /** `node-1` */
  name: string;
  /** Status counters by name, before the load and when it was drained; empty for a node without wsrep. */
  before: Seen<Counters>;
  after: Seen<Counters>;
  leases: Record<LeaseTableName, Seen<LeaseTableEvidence>>;
}

export type Counters = Readonly<Record<string, number>>;

export const LEASE_TABLES = ['lease4', 'lease6'] as const;
export type LeaseTableName = (typeof LEASE_TABLES)[number];

/** A lease table as read through one node. */
export interface LeaseTableEvidence {
  /** Below the run directory; see `lease-file.ts`. */
  file: string;
  rows: number;
  /** SHA-256 of the file, hexadecimal: equal where all rows are equal in every column. */
  digest: string;
}

export interface ServerEvidence {
  /** `dhcp4 server-1` */
  name: string;
  /** The node it is pinned to. */
  node: string;
  /** Kea's `statistic-get-all`: the latest value of each, before the load and when it was drained. */
  before: Seen<Counters>;
  after: Seen<Counters>;
  /** What its log says, from its start to its end. */
  log: Seen<readonly LogMessageCount[]>;
}

export interface LogMessageCount {
  /** `ALLOC_ENGINE_V4_ALLOC_ERROR` */
  identifier: string;
  severity: string;
  count: number;
  /** How often it carried each database error code, such as 1213. */
  errorCodes: Readonly<Record<string, number>>;
  /** The same of statements that only read; absent where there were none, and in runs of earlier versions. */
  readErrorCodes?: Readonly<Record<string, number>> | undefined;
}

/** Whether the nodes came to rest before their tables were read. */
export interface Settling {
  /** All nodes that answered had committed the same last write set, and had none waiting; true without replication. */
  settled: boolean;
  afterMs: number;
  nodes: readonly { name: string; state: Seen<NodeState> }[];
}

export interface NodeState {
  /** `wsrep_last_committed` and `wsrep_local_recv_queue`; null for a node without wsrep. */
  lastCommitted: number | null;
  receiveQueue: number | null;
}
