import type { DatabaseAccess } from '../started-cluster.js';

/** A node to check. Findings call the node by this name. */
export interface NodeToCheck {
  name: string;
  access: DatabaseAccess;
}

export interface ClusterCheckOptions {
  /** Members of the cluster that hold no data and take no clients (`garbd`); 0 by default. */
  arbitrators?: number;
  /**
   * The version of the Kea that will use the database, such as `2.6.3`; without it the schema is only compared
   * between nodes.
   */
  keaVersion?: string | undefined;
  /** How long a node may take to answer, and a change to show on the other nodes, in milliseconds. */
  timeoutMs?: number;
  /** Ends the check. Its table is removed all the same. */
  signal?: AbortSignal;
}

export type ClusterKind = 'galera' | 'percona' | 'plain';

/** What a node says of itself; a variable it does not have is absent. */
export interface NodeFacts {
  name: string;
  kind: ClusterKind;
  /** As `version` says: `10.11.14-MariaDB-0+deb12u2`. */
  version: string;
  /** As `wsrep_provider_version` says; empty without replication. */
  wsrepProvider: string;
  time: {
    /** How far the node's clock is ahead of this machine's, and how exactly that is known. */
    offsetMs: number;
    uncertaintyMs: number;
    /** How far the time zone of its sessions is ahead of UTC, seconds. */
    utcOffsetS: number;
  };
  /** `SHOW GLOBAL STATUS`, names in lower case. */
  status: Readonly<Record<string, string>>;
  /** `SHOW GLOBAL VARIABLES`, names in lower case. */
  variables: Readonly<Record<string, string>>;
}

/** What Kea's tables on a node look like. */
export interface SchemaFacts {
  /** As `schema_version` says: `14.0`; null without such a table. */
  version: string | null;
  /** The storage engines of `lease4` and `lease6`, by table. */
  engines: Readonly<Record<string, string>>;
  /** Tables of earlier checks that were killed, or of checks that still run. */
  leftovers: readonly string[];
}

/** One statement about one node, or about all of them, and whether it holds. */
export interface ClusterCheck {
  /** The stable name of the check, such as `size`, `state` or `replication`. */
  name: string;
  /** The node it is about; null where it is about all of them. */
  node: string | null;
  expected: string;
  actual: string;
  verdict: 'pass' | 'fail';
  /** What the failure means, and what to do; null where the statement holds. */
  hint: string | null;
}

/** A setting that is known to matter for lease allocation. */
export interface SettingAdvice {
  name: string;
  /** The present value, by node. */
  values: Readonly<Record<string, string>>;
  advised: string;
  meaning: string;
  /**
   * `ok`: as advised and the same on every node. `note`: not `ok`, but leases stay correct. `wrong`: leases may
   * become wrong.
   */
  weight: 'ok' | 'note' | 'wrong';
}

export interface UnreachableNode {
  node: string;
  reason: string;
  hint: string;
}

export interface ClusterCheckResult {
  /** `pass` where every check holds and every node was reached. */
  verdict: 'pass' | 'fail';
  nodes: readonly Omit<NodeFacts, 'status' | 'variables' | 'time'>[];
  /** Kea's schema on the nodes; null where it could not be read. */
  schema: string | null;
  unreachable: readonly UnreachableNode[];
  checks: readonly ClusterCheck[];
  settings: readonly SettingAdvice[];
  /** What else is worth knowing, a sentence each. */
  notes: readonly string[];
}
