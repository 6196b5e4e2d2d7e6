import type { LeaseRow } from '../../results/audit.js';
import type { AuditInput } from './input.js';
import type { SameContent } from './contents.js';

/** A difference between the nodes: an address whose row is not the same everywhere. */
export interface Difference {
  row: LeaseRow;
  /** The nodes whose row is not that of the majority; all nodes where there is no majority. */
  nodes: string[];
  /** How the rows differ, in words. */
  how: string;
}

/** A row as some nodes have it; null if they have no such row. */
type Version = { line: string; mayDiffer: boolean } | null;

/**
 * An address on whose row the contents don't agree, and its version in each content that differs from the first
 * content.
 */
interface Disputed {
  row: LeaseRow;
  versions: Map<number, Version>;
}

/**
 * Finds the rows in which the contents of a table differ. The majority of the nodes decides, row by row, which nodes
 * are wrong: a node that is right in most rows may be wrong in another.
 *
 * @param contents the most common content first
 * @param mayHaveChanged whether a row may differ between nodes, because servers go on while the tables are read; a
 * difference counts if the row of one node may not differ
 */
export function* differences(
  contents: readonly SameContent[],
  rows: AuditInput['rows'],
  mayHaveChanged: (row: LeaseRow) => boolean,
): Generator<Difference> {
  const [common, ...others] = contents;
  if (common === undefined || others.length === 0) return;
  let names: readonly string[] = [];
  const usual = new Map<string, NonNullable<Version>>();
  for (const { row, line, columns } of rowsOf(common, rows)) {
    usual.set(row.address, { line, mayDiffer: mayHaveChanged(row) });
    names = columns;
  }
  const disputed = new Map<string, Disputed>();
  const dispute = (row: LeaseRow, content: number, version: Version) => {
    const one = disputed.get(row.address) ?? { row, versions: new Map<number, Version>() };
    disputed.set(row.address, one);
    one.versions.set(content, version);
  };
  for (const [index, content] of others.entries()) {
    const here = new Set<string>();
    for (const { row, line, columns } of rowsOf(content, rows)) {
      here.add(row.address);
      names = columns;
      if (usual.get(row.address)?.line === line) continue;
      dispute(row, index + 1, { line, mayDiffer: mayHaveChanged(row) });
    }
    if (here.size === usual.size && [...usual.keys()].every((address) => here.has(address))) continue;
    for (const { row } of rowsOf(common, rows)) if (!here.has(row.address)) dispute(row, index + 1, null);
  }
  for (const { row, versions } of disputed.values()) {
    const ofContent = (content: number): Version => {
      const own = versions.get(content);
      return own === undefined ? (usual.get(row.address) ?? null) : own;
    };
    const found = contents.map((_, content) => ofContent(content));
    if (found.every((version) => version?.mayDiffer ?? true)) continue;
    for (const { nodes, how } of judged(contents, found, names)) yield { row, nodes, how };
  }
}

function rowsOf({ nodes, table }: SameContent, rows: AuditInput['rows']): ReturnType<AuditInput['rows']> {
  return rows(nodes[0] ?? '', table);
}

/** Nodes that have the same row, or none. */
interface Side {
  line: string | null;
  nodes: string[];
}

function judged(
  contents: readonly SameContent[],
  versions: readonly Version[],
  columns: readonly string[],
): Omit<Difference, 'row'>[] {
  const sides: Side[] = [];
  contents.forEach(({ nodes }, content) => {
    const line = versions[content]?.line ?? null;
    const side = sides.find((one) => one.line === line);
    if (side === undefined) sides.push({ line, nodes: [...nodes] });
    else side.nodes.push(...nodes);
  });
  const all = sides.flatMap(({ nodes }) => nodes);
  const most = sides.find(({ nodes }) => 2 * nodes.length > all.length);
  if (most === undefined) return [{ nodes: all, how: disagreement(sides, columns) }];
  return sides
    .filter((side) => side !== most)
    .map(({ line, nodes }) => ({ nodes, how: changes(columns, most.line, line) }));
}

/** `hostname is "x" and not ""` */
function changes(columns: readonly string[], usual: string | null, changed: string | null): string {
  if (usual === null) return 'no other node has it';
  if (changed === null) return 'the row is missing';
  const [before, after] = [valuesOf(usual), valuesOf(changed)];
  return columns
    .flatMap((column, i) => (after[i] === before[i] ? [] : [`${column} is ${after[i]} and not ${before[i]}`]))
    .join(', ');
}

/** `they differ from each other: state is 0 on node-1, 1 on node-2` */
function disagreement(sides: readonly Side[], columns: readonly string[]): string {
  const there = sides.flatMap(({ line, nodes }) =>
    line === null ? [] : [{ values: valuesOf(line), nodes: nodes.join(', ') }],
  );
  const without = sides.filter(({ line }) => line === null).map(({ nodes }) => nodes.join(', '));
  const [first] = there;
  const differing = columns.flatMap((column, i) =>
    there.every(({ values }) => values[i] === first?.values[i])
      ? []
      : [`${column} is ${there.map(({ values, nodes }) => `${values[i]} on ${nodes}`).join(', ')}`],
  );
  const absent = without.map((nodes) => `there is no such row on ${nodes}`);
  return `they differ from each other: ${[...differing, ...absent].join('; ')}`;
}

function valuesOf(line: string): string[] {
  return (JSON.parse(line) as unknown[]).map((value) => JSON.stringify(value));
}
