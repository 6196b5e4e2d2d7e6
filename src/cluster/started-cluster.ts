import type { Abilities } from '../faults/abilities.js';
import type { CommitLog } from './commit-log.js';
import type { Running } from '../processes/running.js';
import type { StartedProxy } from './proxy/started-proxy.js';

/** How to reach a database, always with a password: over the network, the harness also by a socket. */
export interface DatabaseAccess {
  host: string;
  port: number;
  /** The path of a Unix socket by which the harness reaches a node that is on another network. */
  socketPath?: string;
  user: string;
  password: string;
  database: string;
  /**
   * Speak TLS. With `ca` (PEM), that authority must have signed the node's certificate; without, no certificate is
   * checked.
   */
  tls?: { ca?: string } | undefined;
}

/** A node that is up and in the cluster. */
export interface StartedNode {
  /** `node-1` and so on. */
  name: string;
  /**
   * The access of the node's Kea servers. On a node that the harness starts: all rights on Kea's database, none
   * elsewhere.
   */
  kea: DatabaseAccess;
  /** The access that the harness uses for readiness, counters and the audit. */
  admin: DatabaseAccess;
  /** The node's process or container; absent for a node that someone else runs. */
  running?: Running;
  /** The node's binary log, where the harness reads it. */
  commitLog?: CommitLog | undefined;
  /** What a fault can do to the node; absent where it can do nothing. */
  abilities?: Abilities;
}

/**
 * A cluster whose nodes are all ready and have Kea's lease tables. If the harness started the cluster, it has also
 * checked that replication works.
 */
export interface StartedCluster {
  /** As `SELECT VERSION()` says, such as `10.11.14-MariaDB-0+deb12u2`. */
  version: string;
  /** The replication provider's version as its package is numbered, such as `26.4.23`; empty without replication. */
  wsrepProvider: string;
  /** The server variables known to matter for allocation, as the first node states them. */
  settings: Record<string, string>;
  /** Kea's lease schema, as its `schema_version` table says, such as `14.0`. */
  schema: string;
  nodes: readonly StartedNode[];
  /** Stands between the servers and the nodes; absent where each server is pinned to its node. */
  proxy?: StartedProxy;
}
