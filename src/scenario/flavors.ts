/**
 * The kinds of database that can hold the lease tables, with what the harness asks about each. How the database servers
 * are set up is in `cluster/flavors`.
 */
interface FlavorTraits {
  /** Whose programs its nodes run. */
  readonly product: 'mariadb' | 'percona';
  /** Whether the nodes are a cluster that replicates with Galera's library (wsrep). */
  readonly usesWsrep: boolean;
  /** Whether every node is meant to have every row. */
  readonly sharesLeases: boolean;
  /** The flavor has exactly one node. */
  readonly isSingle?: true;
  /** The harness can't start one of its nodes again: its place in the cluster is not in its configuration. */
  readonly startsNodesOnce?: true;
  readonly meaning: string;
}

const FLAVOR_TABLE = {
  galera: {
    product: 'mariadb',
    usesWsrep: true,
    sharesLeases: true,
    meaning: 'MariaDB nodes that replicate',
  },
  percona: {
    product: 'percona',
    usesWsrep: true,
    sharesLeases: true,
    meaning: 'Percona XtraDB Cluster, installed by you or pulled by Docker',
  },
  circular: {
    product: 'mariadb',
    usesWsrep: false,
    sharesLeases: true,
    startsNodesOnce: true,
    meaning: 'MariaDB nodes that replicate asynchronously in a circle, so conformance must fail',
  },
  isolated: {
    product: 'mariadb',
    usesWsrep: false,
    sharesLeases: false,
    meaning: 'each node has its own database, so conformance must fail',
  },
  standalone: {
    product: 'mariadb',
    usesWsrep: false,
    sharesLeases: true,
    isSingle: true,
    meaning: 'one plain database, the reference without replication',
  },
} as const satisfies Record<string, FlavorTraits>;

export type Flavor = keyof typeof FLAVOR_TABLE;

export const FLAVORS = Object.keys(FLAVOR_TABLE) as [Flavor, ...Flavor[]];

export function traitsOf(flavor: Flavor): FlavorTraits {
  return FLAVOR_TABLE[flavor];
}
