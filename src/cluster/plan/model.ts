import type { PerconaSeries } from '../../packages/percona-version.js';

export type PlanFlavor = 'galera' | 'percona';

/** What packages a machine takes: Debian and Ubuntu, or Fedora, RHEL and their kin. */
export type PackageSystem = 'deb' | 'rpm';

export interface PlannedNode {
  /** `node-1` and so on, as `wsrep_node_name` says. */
  name: string;
  /** From 1. */
  number: number;
  /** Name or address by which the other nodes and Kea reach it; an IPv6 address without brackets. */
  host: string;
}

/** A cluster that is to be set up. Contains no password. */
export interface ClusterPlan {
  flavor: PlanFlavor;
  /** Percona's release series. */
  perconaRelease: PerconaRelease;
  clusterName: string;
  nodes: readonly PlannedNode[];
  /** Kea's database and database user. */
  database: string;
  user: string;
  /** Such as `2.6.3`. */
  keaVersion: string;
  /** Where the Kea servers are, the n-th on the n-th node; the nodes' own machines by default. */
  keaHosts: readonly string[];
}

export const PERCONA_RELEASES = ['8.0', '8.4', '9.7'] as const satisfies readonly PerconaSeries[];
export type PerconaRelease = (typeof PERCONA_RELEASES)[number];

/** Every node has the standard ports: nothing else listens on a database machine. */
export const PORTS = { client: 3_306, group: 4_567, ist: 4_568, sst: 4_444 } as const;

/** A paragraph, or something to paste. */
export type PlanPart =
  | { kind: 'text'; text: string }
  /** Without a system it is for both. `language` is `sh` for what goes into a root shell, else what the file holds. */
  | { kind: 'block'; text: string; language: 'sh' | 'json'; system?: PackageSystem };

/** What is done in one place, in order. */
export interface PlanSection {
  /** For `--out`: `node-1`, `database`. */
  file: string;
  title: string;
  steps: readonly { title: string; parts: readonly PlanPart[] }[];
}

export type OptionValue = string | number;

/** What differs between MariaDB with Galera and Percona XtraDB Cluster when one is set up. */
export interface Product {
  /** `MariaDB Galera`. */
  title: string;
  /** Shell commands that install it and stop what installation may have started. */
  install(system: PackageSystem): string;
  /** Where an option file is read after all others. */
  configurationFile(system: PackageSystem): string;
  /** Shell words that print the path of the Galera library. */
  provider(system: PackageSystem): string;
  /** Options beside those that both products share. */
  options(node: PlannedNode): Readonly<Record<string, OptionValue>>;
  /** What a node needs before it first starts. */
  beforeStart(node: PlannedNode, first: PlannedNode): readonly PlanPart[];
  startFirst: string;
  /** What the first node needs before others can join. */
  afterFirstStart: readonly PlanPart[];
  startJoiner: string;
  /** Runs SQL as the server's administrator on the machine itself. */
  client: string;
  /** For CREATE USER, before the password. */
  identifiedBy: string;
  /** Puts the first node under the ordinary service once others are there; empty where it is so already. */
  afterAllJoined: string;
  /** The command that starts the first node again when all were down. */
  restartAll: string;
  service: string;
}
