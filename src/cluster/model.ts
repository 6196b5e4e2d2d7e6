import type { Running } from '../processes/running.js';

/** How to reach a database: over the network, always with a password. */
export interface DatabaseAccess {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** Speak TLS; with `ca` (PEM) the node's certificate must be signed by it, without it is not looked at. */
  tls?: { ca?: string } | undefined;
}

/** A node that is up and in the cluster. */
export interface StartedNode {
  /** `node-1` and so on. */
  name: string;
  /** What its Kea servers use: everything on Kea's database, nothing beyond. */
  kea: DatabaseAccess;
  /** What the harness uses for readiness, counters and the audit. */
  admin: DatabaseAccess;
  /** Absent for a node that someone else runs. */
  running?: Running;
}

/** Nodes that all say they are ready, with Kea's schema loaded and replication seen to work. */
export interface StartedCluster {
  /** As `SELECT VERSION()` says, such as `10.11.14-MariaDB-0+deb12u2`. */
  version: string;
  /** As `wsrep_provider_version` says, such as `26.4.23`; empty without replication. */
  wsrepProvider: string;
  /** The server variables known to matter for allocation, as the first node states them. */
  settings: Record<string, string>;
  /** Kea's lease schema, as its `schema_version` table says, such as `14.0`. */
  schema: string;
  nodes: readonly StartedNode[];
}
