import type { LeaseRow } from '../../evidence/lease-row.js';
import { LEASE_TABLES, seenOf, type LeaseTableName, type NodeEvidence } from '../../evidence/system.js';
import type { AuditInput, RowOnNode } from './model.js';

/** Nodes whose table has the same content, row by row and column by column. */
export interface SameContent {
  table: LeaseTableName;
  digest: string;
  nodes: readonly string[];
}

/** What there is to read, each content once; the most common one of a table first. */
export function contentsOf(nodes: readonly NodeEvidence[], table: LeaseTableName): SameContent[] {
  const byDigest = new Map<string, string[]>();
  for (const { name, leases } of nodes) {
    const digest = seenOf(leases[table])?.digest;
    if (digest !== undefined) byDigest.set(digest, [...(byDigest.get(digest) ?? []), name]);
  }
  const contents = [...byDigest].map(([digest, names]) => ({ table, digest, nodes: names }));
  return contents.sort((a, b) => b.nodes.length - a.nodes.length);
}

/** A difference between the nodes: an address whose row is not the same everywhere. */
export interface Difference {
  row: LeaseRow;
  /** The nodes where it is not as on most. */
  nodes: string[];
  /** What is not the same, in words. */
  how: string;
}

/**
 * The rows in which the contents of a table differ from the most common one.
 *
 * @param mayHaveChanged of a row that need not be the same on every node, as servers go on while the tables are read;
 *   a difference counts as soon as the row may not on one of them
 */
export function* differences(
  contents: readonly SameContent[],
  rows: AuditInput['rows'],
  mayHaveChanged: (row: LeaseRow) => boolean,
): Generator<Difference> {
  const [common, ...others] = contents;
  if (common === undefined || others.length === 0) return;
  const usual = new Map<string, { line: string; mayDiffer: boolean }>();
  for (const { row, line } of rows(common.nodes[0] ?? '', common.table))
    usual.set(row.address, { line, mayDiffer: mayHaveChanged(row) });
  for (const { nodes, table } of others) {
    const here = new Set<string>();
    for (const { row, line, columns } of rows(nodes[0] ?? '', table)) {
      here.add(row.address);
      const there = usual.get(row.address);
      if (there?.line === line || ((there?.mayDiffer ?? true) && mayHaveChanged(row))) continue;
      const how = there === undefined ? 'no other node has it' : changes(columns, there.line, line);
      yield { row, nodes: [...nodes], how };
    }
    if (here.size === usual.size && [...usual.keys()].every((address) => here.has(address))) continue;
    for (const { row } of rows(common.nodes[0] ?? '', table)) {
      if (!here.has(row.address) && !mayHaveChanged(row))
        yield { row, nodes: [...nodes], how: 'it is not there' };
    }
  }
}

/** `hostname is "x" and not ""` */
function changes(columns: readonly string[], usual: string, changed: string): string {
  const before = JSON.parse(usual) as unknown[];
  const after = JSON.parse(changed) as unknown[];
  return columns
    .flatMap((column, i) => {
      const [now, then] = [JSON.stringify(after[i]), JSON.stringify(before[i])];
      return now === then ? [] : [`${column} is ${now} and not ${then}`];
    })
    .join(', ');
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

  /** Null for a node that has no such row. */
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
