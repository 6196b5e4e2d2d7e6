/**
 * The kinds of database that can hold the lease tables, with what the harness asks about each. How its servers are set
 * up is in `cluster/flavors`.
 */
interface FlavorTraits {
  /** Whose programs its nodes run. */
  readonly product: 'mariadb' | 'percona';
  /** Whether the nodes are a cluster that replicates with Galera's library. */
  readonly replicates: boolean;
  /** Whether all servers share their leases, so that every node has every row. */
  readonly sharesLeases: boolean;
  /** One node is all there can be. */
  readonly isSingle?: true;
  readonly meaning: string;
}

const FLAVOR_TABLE = {
  galera: {
    product: 'mariadb',
    replicates: true,
    sharesLeases: true,
    meaning: 'MariaDB nodes that replicate',
  },
  percona: {
    product: 'percona',
    replicates: true,
    sharesLeases: true,
    meaning: 'Percona XtraDB Cluster, installed by you or pulled by Docker',
  },
  circular: {
    product: 'mariadb',
    replicates: false,
    sharesLeases: true,
    meaning: 'MariaDB nodes that replicate asynchronously in a circle, so conformance must fail',
  },
  isolated: {
    product: 'mariadb',
    replicates: false,
    sharesLeases: false,
    meaning: 'each node has its own database, so conformance must fail',
  },
  standalone: {
    product: 'mariadb',
    replicates: false,
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
