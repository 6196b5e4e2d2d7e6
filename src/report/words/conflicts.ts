import type { Result } from '../../results/result.js';
import { count } from './numbers.js';

/** The conflicts that each node of a cluster counted during the load. */

export const CONFLICTS = {
  wsrep_local_cert_failures: 'certification failures',
  wsrep_local_bf_aborts: 'aborted by replication',
} as const;

/** A node that replicates. */
export interface CountedNode {
  node: string;
  /** By how much its counters grew; null where nobody knows. */
  growth: Readonly<Record<string, number>> | null;
}

/**
 * The nodes that replicate, by their names, also where none of them could be read. Nodes without replication are left out, although
 * MariaDB keeps some of the counters there too.
 */
export function replicatingNodes({ accompanying }: Pick<Result, 'accompanying'>): CountedNode[] {
  const { nodes = [], notCounted = [] } = accompanying ?? {};
  const counted = nodes.filter(({ growth }) => 'wsrep_last_committed' in growth);
  const unknown = notCounted.map(({ node }) => ({ node, growth: null }));
  return [...counted, ...unknown].sort((one, other) =>
    one.node.localeCompare(other.node, 'en', { numeric: true }),
  );
}

/** Such as `12`; a dash where nobody knows. */
export function grownBy({ growth }: CountedNode, counter: string): string {
  return count(growth === null ? null : (growth[counter] ?? 0));
}

/** Why the figures of some nodes are not known; empty where all are. Such as `node-2: not known (node-2 had died)`. */
export function notCountedTexts({ accompanying }: Pick<Result, 'accompanying'>): string[] {
  return (accompanying?.notCounted ?? []).map(({ node, why }) => `${node}: not known (${why})`);
}
