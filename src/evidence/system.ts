import type { CaseSubnet } from '../kea/case-subnet.js';

/** What nodes and servers said before and after the load: the part of `evidence.json` that the audit uses. */
export interface SystemEvidence {
  /** Whether every node should hold the rows of every server. If not, each server has a database of its own. */
  replicated: boolean;
  /** True where only the rows of this run's clients were read, as the tables also hold rows of others. */
  ownRowsOnly?: boolean;
  /** The wall clock at moments of the run, by which the expiry of leases is compared with the run's own times. */
  clock: {
    start: ClockReading;
    end: ClockReading;
    /** The moment when the last lease table had been read; absent in runs of earlier versions. */
    tables?: ClockReading;
  };
  /**
   * Where the leases of each case must lie. A case with several relays has a subnet for each, in the order of the
   * relays.
   */
  subnets: readonly SubnetEvidence[];
  nodes: readonly NodeEvidence[];
  servers: readonly ServerEvidence[];
  settling: Settling;
}

export interface ClockReading {
  /** On the run's clock, microseconds. */
  atUs: number;
  /** The wall clock at that moment, microseconds since 1970. */
  unixUs: number;
}

export interface SubnetEvidence extends Pick<CaseSubnet, 'id' | 'pool' | 'prefixPool'> {
  case: string;
}

/**
 * What was asked for, or why there is no answer (`failed`), or why there was nobody to ask (`absent`), which is no
 * failure. `died` names the node or server whose death is the reason.
 */
export type Seen<T> = { seen: T } | { failed: string } | { absent: string; died?: string };

/** The answer, or undefined where there is none. */
export function seenOf<T>(reading: Seen<T>): T | undefined {
  return 'seen' in reading ? reading.seen : undefined;
}

/** The node or server whose death is the reason that there was nobody to ask. */
export function diedOf(reading: Seen<unknown>): string | undefined {
  return 'absent' in reading ? reading.died : undefined;
}

export interface NodeEvidence {
  /** For example `node-1`. */
  name: string;
  /**
   * Status counters by name, before the load (`before`) and when it was drained (`after`); empty for a node without
   * wsrep.
   */
  before: Seen<Counters>;
  after: Seen<Counters>;
  leases: Record<LeaseTableName, Seen<LeaseTableEvidence>>;
}

export type Counters = Readonly<Record<string, number>>;

export const LEASE_TABLES = ['lease4', 'lease6'] as const;
export type LeaseTableName = (typeof LEASE_TABLES)[number];

/** A lease table as read through one node. */
export interface LeaseTableEvidence {
  /** The path relative to the run directory; `lease-file.ts` defines the format. */
  file: string;
  rows: number;
  /**
   * SHA-256 of the file, hexadecimal. Two tables have the same digest if all their rows are equal in every column.
   */
  digest: string;
}

export interface ServerEvidence {
  /** For example `dhcp4 server-1`. */
  name: string;
  /** The node it is pinned to. */
  node: string;
  /**
   * Kea's `statistic-get-all`: the latest value of each statistic, before the load (`before`) and when it was drained
   * (`after`).
   */
  before: Seen<Counters>;
  after: Seen<Counters>;
  /** The messages in the server's log, from its start to its end. */
  log: Seen<readonly LogMessageCount[]>;
}

export interface LogMessageCount {
  /** For example `ALLOC_ENGINE_V4_ALLOC_ERROR`. */
  identifier: string;
  severity: string;
  count: number;
  /** How often the message carried each database error code, such as 1213. */
  errorCodes: Readonly<Record<string, number>>;
  /**
   * How often it carried each error code for a statement that only read; absent where there was none, and in runs of
   * earlier versions.
   */
  readErrorCodes?: Readonly<Record<string, number>> | undefined;
}

/** Whether the nodes came to rest before their tables were read. */
export interface Settling {
  /**
   * True where all nodes that answered had committed the same last write set and had none in their receive queue, and
   * where nothing is replicated.
   */
  settled: boolean;
  afterMs: number;
  nodes: readonly { name: string; state: Seen<NodeState> }[];
}

export interface NodeState {
  /** `wsrep_last_committed` and `wsrep_local_recv_queue`; null for a node without wsrep. */
  lastCommitted: number | null;
  receiveQueue: number | null;
}
