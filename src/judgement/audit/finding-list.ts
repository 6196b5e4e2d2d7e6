import { type Finding, FINDING_KINDS, type FindingKind, type FindingList } from '../../results/audit.js';

/** A finding before the rows on every node are looked up. */
export type NewFinding = Omit<Finding, 'nodes' | 'rows'>;

const KEPT_PER_KIND = 1_000;

/**
 * Gathers findings node by node. The same finding on several nodes is one finding. Counts all findings, and keeps the
 * first ones of each kind.
 */
export class Findings {
  readonly #byKey = new Map<string, NewFinding & { nodes: string[] }>();
  /** The keys of findings that are counted but not kept, so that each of them counts once. */
  readonly #countedOnly = new Set<string>();
  /** Details by number, as the keys contain them. Even a table full of findings has few different details. */
  readonly #details = new Map<string, number>();
  readonly #counts = new Map<FindingKind, number>();

  add(finding: NewFinding, nodes: readonly string[]): void {
    const key = this.#keyOf(finding);
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      known.nodes.push(...nodes);
      return;
    }
    if (this.#countedOnly.has(key)) return;
    const count = (this.#counts.get(finding.kind) ?? 0) + 1;
    this.#counts.set(finding.kind, count);
    if (count <= KEPT_PER_KIND) this.#byKey.set(key, { ...finding, nodes: [...nodes] });
    else this.#countedOnly.add(key);
  }

  #keyOf({ kind, lease, client, detail }: NewFinding): string {
    let number = this.#details.get(detail);
    if (number === undefined) this.#details.set(detail, (number = this.#details.size));
    return `${FINDING_KINDS.indexOf(kind)} ${lease} ${client ?? ''} ${number}`;
  }

  /** The addresses whose rows are to be looked up. */
  get addresses(): string[] {
    return [...this.#byKey.values()].map(({ lease }) => addressOf(lease));
  }

  /** The findings, the gravest kind first. */
  list(rowsOf: (address: string) => Finding['rows']): FindingList {
    const found = [...this.#byKey.values()];
    const kinds = FINDING_KINDS.filter((kind) => this.#counts.has(kind));
    return {
      counts: Object.fromEntries(kinds.map((kind) => [kind, this.#counts.get(kind) ?? 0])),
      findings: kinds
        .flatMap((kind) => found.filter((finding) => finding.kind === kind))
        .map((finding) => ({ ...finding, rows: rowsOf(addressOf(finding.lease)) })),
      omitted: [...this.#counts.values()].reduce((sum, count) => sum + count, 0) - found.length,
    };
  }
}

/** `2001:db8:7::` of `2001:db8:7::/64` */
export function addressOf(lease: string): string {
  return lease.split('/')[0] ?? lease;
}
