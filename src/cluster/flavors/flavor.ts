import type { DatabaseAccess } from '../started-cluster.js';
import type { Options } from './options.js';
import type { DatabaseServer } from './server.js';

/** The ports of one node: clients, group communication, full and incremental state transfer. */
export interface NodePorts {
  client: number;
  group: number;
  sst: number;
  ist: number;
}

/** The ports of a node that has an address of its own (Galera documentation, "Firewall Settings"). */
export const STANDARD_PORTS = {
  client: 3306,
  group: 4567,
  sst: 4444,
  ist: 4568,
} as const satisfies NodePorts;

/** A node as the other nodes see it. */
export interface FlavorNode {
  name: string;
  /** The replication library, libgalera_smm.so, where the server finds it. */
  provider: string;
  /** The IP address or name by which the other nodes reach the node. */
  address: string;
  ports: NodePorts;
  /** `address:port` of every node's group communication; empty for a server that begins a cluster of its own. */
  members: readonly string[];
  /** The scenario's `cluster.settings`. */
  settings: Options;
}

export interface ReadinessTarget {
  name: string;
  admin: DatabaseAccess;
}

export interface Waiting {
  timeoutMs: number;
  signal: AbortSignal;
}

/** What faults need of a node with write-set replication. */
export interface WsrepFaults {
  /** Cuts the node off from all other nodes, or lets it reach them again. */
  isolate(admin: DatabaseAccess, isolated: boolean): Promise<void>;
  /** The arguments that make the server print the position of its data and end. */
  recoverArguments: readonly string[];
  /** The position in what it printed, `UUID:SEQNO`; undefined where there is none. */
  recoveredPosition: (printed: string) => string | undefined;
  /** The arguments with which the server starts from a position. */
  startArguments(position: string): readonly string[];
  /** The arguments with which the server begins a new cluster. */
  beginArguments: readonly string[];
}

/**
 * What differs between the kinds of database that can hold the lease tables. `local/` and `docker/` have what all
 * kinds share.
 */
export interface DatabaseFlavor {
  /** The server program, without the replication between several servers. */
  server: DatabaseServer;
  /** Describes for people what is started, such as `3 Galera nodes`. */
  describe(nodes: number): string;
  /** Options that the scenario's settings may change. */
  defaults: Options;
  /**
   * Options that make the node part of this cluster. They win over the scenario's settings.
   * Errors: SCENARIO, for settings that this server can't have.
   */
  ownOptions(node: FlavorNode): Options;
  /** Arguments for the server that prepares the data directory. */
  preparingArguments: readonly string[];
  /** The arguments of each of the `nodes` nodes. */
  startArguments(nodes: number): readonly (readonly string[])[];
  /** Files to put into each node's copy of the data directory: texts by file name. */
  stateFiles(nodes: number): readonly Readonly<Record<string, string>>[];
  /** Resolves when every node says that it is ready. Errors: CLUSTER, with what each said last. */
  waitUntilReady(nodes: readonly ReadinessTarget[], waiting: Waiting): Promise<void>;
  /** Writes a lease row through one node, and checks that exactly those nodes show it which must. Errors: CLUSTER. */
  checkReplication(nodes: readonly ReadinessTarget[], waiting: Waiting): Promise<void>;
  /**
   * Resolves when a node that was started again takes part in the cluster. Absent where the harness can't start a
   * single node again. Errors: CLUSTER.
   */
  waitUntilBack?: (node: ReadinessTarget, waiting: Waiting) => Promise<void>;
  /** What replication between nodes needs for faults; absent without write-set replication. */
  wsrep?: WsrepFaults;
  /** The server variables that matter for allocation, and the options of the replication provider that do. */
  settingsThatMatter: readonly string[];
}
