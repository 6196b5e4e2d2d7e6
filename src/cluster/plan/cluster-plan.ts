import type { PerconaSeries } from '../../packages/percona/percona-version.js';

export type PlanFlavor = 'galera' | 'percona';

/** The packages that a machine takes: `deb` on Debian and Ubuntu, `rpm` on Fedora, RHEL and their kin. */
export type PackageSystem = 'deb' | 'rpm';

export interface PlannedNode {
  /** `node-1` and so on, as `wsrep_node_name` says. */
  name: string;
  /** Counted from 1. */
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
  /**
   * The machines of the Kea servers. The n-th server uses the n-th node. By default they are the nodes' own machines.
   */
  keaHosts: readonly string[];
}

export const PERCONA_RELEASES = ['8.0', '8.4', '9.7'] as const satisfies readonly PerconaSeries[];
export type PerconaRelease = (typeof PERCONA_RELEASES)[number];

/** A paragraph, or something to paste. */
export type PlanPart =
  | { kind: 'text'; text: string }
  /**
   * A block without `system` is for both. `language` is `sh` for a block that goes into a root shell, else the
   * language of the file that the block belongs in.
   */
  | { kind: 'block'; text: string; language: 'sh' | 'json'; system?: PackageSystem };

/** The steps to do in one place, in order. */
export interface PlanSection {
  /** The name of the section's file for `--out`, such as `node-1` or `database`. */
  file: string;
  title: string;
  steps: readonly { title: string; parts: readonly PlanPart[] }[];
}

export type OptionValue = string | number;

/** What differs between MariaDB with Galera and Percona XtraDB Cluster when one is set up. */
export interface Product {
  /** The product's name for people, such as `MariaDB Galera`. */
  title: string;
  /** Shell commands that install the product, and stop the server that installing may have started. */
  install(system: PackageSystem): string;
  /** The path of an option file that the server reads after all others. */
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
  /** The shell command that runs SQL as the server's administrator on the machine itself. */
  client: string;
  /** The words of CREATE USER that stand before the password. */
  identifiedBy: string;
  /**
   * Shell commands that move the first node to the ordinary service once the other nodes have joined; empty where it
   * runs under that service already.
   */
  afterAllJoined: string;
  /** The command that starts the first node again when all were down. */
  restartAll: string;
  service: string;
}
