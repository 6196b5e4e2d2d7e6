import type { LeaseChange } from '../../evidence/commits/commit-file.js';
import { leaseText } from '../audit/tables/case-tables.js';
import type { CommitClients } from './clients.js';
import type { Given } from './given.js';
import { ASSIGNED, ownerOf, type CommitsInput } from './input.js';

/**
 * The leases that a server gave before its node had committed them, or that were never committed. A server answers once
 * its database has confirmed the commit. It is enough that the commit may have been before the answer, as far as its time
 * is known.
 *
 * @param whole the nodes whose history has no gap
 */
export function notCommitted(
  given: readonly Given[],
  { changes }: CommitsInput,
  { whole, clients }: { whole: readonly string[]; clients: CommitClients },
): Given[] {
  const committed = new Map(whole.map((node) => [node, committedBy(changes(node))]));
  if (committed.size === 0) return [];
  return given.filter(({ lease, caseIndex, client, node, fromUs }) => {
    const key = `${lease} ${clients.ownerOf(caseIndex, client)}`;
    const own = node === null ? undefined : committed.get(node);
    const first = own?.get(key);
    if (first !== undefined) return first > fromUs;
    // Of a node whose history has a gap, the others know what it has committed, and not when.
    return own !== undefined || ![...committed.values()].some((other) => other.has(key));
  });
}

/** For each lease and owner, after which moment the first commit was that gave it; zero for one that nobody saw written. */
function committedBy(changes: Iterable<LeaseChange>): Map<string, number> {
  const first = new Map<string, number>();
  for (const { kind, row, afterUs } of changes) {
    if (kind === 'delete' || row.state !== ASSIGNED) continue;
    const key = `${leaseText(row)} ${ownerOf(row)}`;
    if (!first.has(key)) first.set(key, afterUs ?? Number.NEGATIVE_INFINITY);
  }
  return first;
}
