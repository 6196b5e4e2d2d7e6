import { z } from 'zod';

/**
 * What was asked for, or why there is no answer (`failed`), or why there was nobody to ask (`absent`), which is no
 * failure. `died` names the node or server whose death is the reason.
 */
export type Seen<T> = { seen: T } | { failed: string } | { absent: string; died?: string | undefined };

export const seen = <T extends z.ZodType>(schema: T) =>
  z.union([
    z.object({ seen: schema }),
    z.object({ failed: z.string() }),
    z.object({ absent: z.string(), died: z.string().optional() }),
  ]);

/** The answer, or undefined where there is none. */
export function seenOf<T>(reading: Seen<T>): T | undefined {
  return 'seen' in reading ? reading.seen : undefined;
}

/** The node or server whose death is the reason that there was nobody to ask. */
export function diedOf(reading: Seen<unknown>): string | undefined {
  return 'absent' in reading ? reading.died : undefined;
}

const list = <T extends z.ZodType>(schema: T) => z.array(schema).readonly();

/** Counts by name. */
const counters = z.record(z.string(), z.number()).readonly();
export type Counters = z.output<typeof counters>;

const clockReading = z.object({
  /** On the run's clock, microseconds. */
  atUs: z.number(),
  /** The wall clock at that moment, microseconds since 1970. */
  unixUs: z.number(),
});
export type ClockReading = z.output<typeof clockReading>;

const subnetSchema = z.object({
  id: z.number(),
  case: z.string(),
  pool: z.object({ first: z.string(), last: z.string() }).optional(),
  prefixPool: z.object({ prefix: z.string(), length: z.number(), delegatedLength: z.number() }).optional(),
});
/** As in `CaseSubnet`. */
export type SubnetEvidence = z.output<typeof subnetSchema>;

export const LEASE_TABLES = ['lease4', 'lease6'] as const;
export type LeaseTableName = (typeof LEASE_TABLES)[number];

const leaseCount = z.object({
  /** Kea's subnet-id. */
  subnet: z.number(),
  /** Kea's pool-id; absent where the counts are not by pool. */
  pool: z.number().optional(),
  /** 0 for IA_NA, 2 for IA_PD; absent in DHCPv4. */
  leaseType: z.number().optional(),
  /** Kea's lease state: 0 assigned, 1 declined, 2 expired and reclaimed, and so on. */
  state: z.number(),
  leases: z.number(),
});
/** How many leases there are of one subnet, pool, type and state. */
export type LeaseCount = z.output<typeof leaseCount>;

const leaseStatistics = z.object({
  /** As the rows are, by pool where they name one. */
  rows: list(leaseCount),
  /** As Kea's tables of statistics have it, by the table's name. */
  tables: z.record(z.string(), list(leaseCount)).readonly(),
});
export type LeaseStatistics = z.output<typeof leaseStatistics>;

/** A lease table as read through one node. */
export const leaseTable = z.object({
  /** The path relative to the run directory; `lease-file.ts` defines the format. */
  file: z.string(),
  rows: z.number(),
  /**
   * SHA-256 of the file, hexadecimal. Two tables have the same digest if all their rows are equal in every column.
   */
  digest: z.string(),
  /**
   * Read in the same snapshot, and over all rows, also where only the run's own rows were read; absent in runs of earlier
   * versions.
   */
  statistics: seen(leaseStatistics).optional(),
});
export type LeaseTableEvidence = z.output<typeof leaseTable>;

const nodeSchema = z.object({
  /** For example `node-1`. */
  name: z.string(),
  /**
   * Status counters by name, before the load (`before`) and when it was drained (`after`); empty for a node without
   * wsrep.
   */
  before: seen(counters),
  after: seen(counters),
  leases: z.object({ lease4: seen(leaseTable), lease6: seen(leaseTable) }),
});
export type NodeEvidence = z.output<typeof nodeSchema>;

const messageCount = z.object({
  /** For example `ALLOC_ENGINE_V4_ALLOC_ERROR`. */
  identifier: z.string(),
  severity: z.string(),
  count: z.number(),
  /** How often the message carried each database error code, such as 1213. */
  errorCodes: counters,
  /**
   * How often it carried each error code for a statement that only read; absent where there was none, and in runs of
   * earlier versions.
   */
  readErrorCodes: counters.optional(),
  /** How often Kea says in it that another server had changed a row meanwhile; absent where it never does. */
  dataRaces: z.number().optional(),
});
export type LogMessageCount = z.output<typeof messageCount>;

const lastMessage = z.object({
  /** By the server's clock, in its time zone: `2026-11-23 02:20:03.922`. */
  at: z.string(),
  /** When it was written, by the clock of the harness's machine, microseconds since 1970. */
  writtenUnixUs: z.number(),
});
export type LastMessage = z.output<typeof lastMessage>;

const serverSchema = z.object({
  /** For example `dhcp4 server-1`. */
  name: z.string(),
  /** The node that it is pinned to; behind a proxy, the node that the proxy prefers for it. */
  node: z.string(),
  /** The proxy between it and the nodes; absent where it is pinned to its node. */
  proxy: z.string().optional(),
  /**
   * Kea's `statistic-get-all`: the latest value of each statistic, before the load (`before`) and when it was drained
   * (`after`).
   */
  before: seen(counters),
  after: seen(counters),
  /**
   * When it counted the last message that it sent, by its own clock, when the load was drained:
   * `2026-11-23 02:24:11.109139`.
   */
  sentAt: z.string().optional(),
  /** The last message in its log. */
  lastMessage: lastMessage.optional(),
  /** The messages in the server's log, from its start to its end. */
  log: seen(list(messageCount)),
});
export type ServerEvidence = z.output<typeof serverSchema>;

const nodeState = z.object({
  /** `wsrep_last_committed` and `wsrep_local_recv_queue`; null for a node without wsrep. */
  lastCommitted: z.number().nullable(),
  receiveQueue: z.number().nullable(),
});
export type NodeState = z.output<typeof nodeState>;

/** Whether the nodes came to rest before their tables were read. */
const settlingSchema = z.object({
  /**
   * True where all nodes that answered had committed the same last write set and had none in their receive queue, and
   * where nothing is replicated.
   */
  settled: z.boolean(),
  afterMs: z.number(),
  nodes: list(z.object({ name: z.string(), state: seen(nodeState) })),
});
export type Settling = z.output<typeof settlingSchema>;

/** What nodes and servers said before and after the load: the part of `evidence.json` that the audit uses. */
export const systemSchema = z.object({
  /** Whether every node should hold the rows of every server. If not, each server has a database of its own. */
  replicated: z.boolean(),
  /** True where only the rows of this run's clients were read, as the tables also hold rows of others. */
  ownRowsOnly: z.boolean().optional(),
  /** The wall clock at moments of the run, by which the expiry of leases is compared with the run's own times. */
  clock: z.object({
    start: clockReading,
    end: clockReading,
    /** The moment when the last lease table had been read; absent in runs of earlier versions. */
    tables: clockReading.optional(),
  }),
  /**
   * Where the leases of each case must lie. A case with several relays has a subnet for each, in the order of the
   * relays.
   */
  subnets: list(subnetSchema),
  nodes: list(nodeSchema),
  servers: list(serverSchema),
  settling: settlingSchema,
});
export type SystemEvidence = z.output<typeof systemSchema>;
