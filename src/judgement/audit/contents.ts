import type { LeaseRow, RowOnNode } from '../../results/audit.js';
import type { AuditInput } from './input.js';
import { LEASE_TABLES, seenOf, type LeaseTableName, type NodeEvidence } from '../../evidence/system.js';

/** Nodes whose table has the same content, row by row and column by column. */
export interface SameContent {
  table: LeaseTableName;
  digest: string;
  nodes: readonly string[];
}

/** The distinct contents of a table, the most common content first. */
export function contentsOf(nodes: readonly NodeEvidence[], table: LeaseTableName): SameContent[] {
  const byDigest = new Map<string, string[]>();
  for (const { name, leases } of nodes) {
    const digest = seenOf(leases[table])?.digest;
    if (digest !== undefined) byDigest.set(digest, [...(byDigest.get(digest) ?? []), name]);
  }
  const contents = [...byDigest].map(([digest, names]) => ({ table, digest, nodes: names }));
  return contents.sort((a, b) => b.nodes.length - a.nodes.length);
}

/** The rows of some addresses on every node that could be read. */
export class RowsOnNodes {
  readonly #rows = new Map<string, Map<string, LeaseRow>>();
  readonly #nodes: readonly string[];

  constructor(nodes: readonly NodeEvidence[], addresses: ReadonlySet<string>, rows: AuditInput['rows']) {
    this.#nodes = nodes
      .filter(({ leases }) => LEASE_TABLES.some((table) => 'seen' in leases[table]))
      .map(({ name }) => name);
    for (const table of addresses.size === 0 ? [] : LEASE_TABLES) {
      for (const content of contentsOf(nodes, table)) this.#take(content, addresses, rows);
    }
  }

  /** The row of an address on each node; null for a node that has no such row. */
  of(address: string): RowOnNode[] {
    const byNode = this.#rows.get(address);
    return this.#nodes.map((node) => ({ node, row: byNode?.get(node) ?? null }));
  }

  #take({ nodes, table }: SameContent, addresses: ReadonlySet<string>, rows: AuditInput['rows']): void {
    for (const { row } of rows(nodes[0] ?? '', table)) {
      if (!addresses.has(row.address)) continue;
      let byNode = this.#rows.get(row.address);
      if (byNode === undefined) this.#rows.set(row.address, (byNode = new Map<string, LeaseRow>()));
      for (const node of nodes) byNode.set(node, row);
    }
  }
}
