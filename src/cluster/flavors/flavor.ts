import type { DatabaseAccess } from '../model.js';
import type { Options } from './options.js';
import type { DatabaseServer } from './server.js';

/** The ports of one node: clients, group communication, full and incremental state transfer. */
export interface NodePorts {
  client: number;
  group: number;
  sst: number;
  ist: number;
}

/** A node as the others see it. */
export interface FlavorNode {
  name: string;
  /** The replication library, libgalera_smm.so, where the server finds it. */
  provider: string;
  /** Where the others reach it: an IP address or a name. */
  address: string;
  ports: NodePorts;
  /** `address:port` of every node's group communication; none for a server that begins a cluster of its own. */
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

/** What differs between the kinds of database that the lease tables can lie in; the rest is `local/`. */
export interface DatabaseFlavor {
  /** The server program itself, whatever replicates between several of it. */
  server: DatabaseServer;
  /** What is started, for people: `3 Galera nodes`. */
  describe(nodes: number): string;
  /** Options that the scenario's settings may change. */
  defaults: Options;
  /**
   * Options that make the node part of this cluster; nothing changes them.
   * Errors: SCENARIO, for settings that this server can't have.
   */
  ownOptions(node: FlavorNode): Options;
  /** For the server that prepares the data directory. */
  preparingArguments: readonly string[];
  /** For each of that many nodes. */
  startArguments(nodes: number): readonly (readonly string[])[];
  /** Files that each node finds in its copy of the data directory, by name. */
  stateFiles(nodes: number): readonly Readonly<Record<string, string>>[];
  /** Resolves when every node says that it is ready. Errors: CLUSTER, with what each said last. */
  waitUntilReady(nodes: readonly ReadinessTarget[], waiting: Waiting): Promise<void>;
  /** Sees for itself that a lease row written through one node is where it must be. Errors: CLUSTER. */
  checkReplication(nodes: readonly ReadinessTarget[], waiting: Waiting): Promise<void>;
  /** What of the nodes' settings bears on allocation. */
  settingsThatMatter: readonly string[];
}
