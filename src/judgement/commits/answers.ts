import type { LeaseChange } from '../../evidence/commits/commit-file.js';
import { leaseText } from '../audit/tables/case-tables.js';
import type { CommitClients } from './clients.js';
import type { Given } from './given.js';
import { ASSIGNED, ownerOf, type CommitsInput } from './input.js';

/**
 * The leases that a server gave before its node had committed them, or that were never committed, or not again after
 * they had ended. A server answers once its database has confirmed the commit. It is enough that the commit may have
 * been before the answer, as far as its time is known.
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
  return given.filter(({ lease, caseIndex, client, node, askedAtUs, fromUs }) => {
    const key = `${lease} ${clients.ownerOf(caseIndex, client)}`;
    const own = node === null ? undefined : committed.get(node);
    const times = own?.get(key);
    if (times !== undefined)
      return !times.some(({ afterUs, endedByUs }) => afterUs <= fromUs && endedByUs >= askedAtUs);
    // Of a node whose history has a gap, the others know what it has committed, and not when.
    return own !== undefined || ![...committed.values()].some((other) => other.has(key));
  });
}

/** When a lease was stored for an owner, as far as it is known. Microseconds on the run's clock. */
interface Stored {
  /** The commit was after this moment. */
  afterUs: number;
  /** By this moment the row was removed, given back or another owner's. */
  endedByUs: number;
}

/** When each lease was stored for each owner. A lease whose commit nobody saw written was stored from the start. */
function committedBy(changes: Iterable<LeaseChange>): Map<string, Stored[]> {
  const all = new Map<string, Stored[]>();
  /** By lease: the owner that has it, and since when. */
  const open = new Map<string, { key: string; stored: Stored }>();
  for (const { kind, row, afterUs, byUs } of changes) {
    const lease = leaseText(row);
    const isGiven = kind !== 'delete' && row.state === ASSIGNED && row.validLifetime > 0;
    const key = `${lease} ${ownerOf(row)}`;
    const before = open.get(lease);
    if (isGiven && before?.key === key) continue;
    if (before !== undefined) before.stored.endedByUs = byUs ?? Infinity;
    open.delete(lease);
    if (!isGiven) continue;
    const stored = { afterUs: afterUs ?? -Infinity, endedByUs: Infinity };
    open.set(lease, { key, stored });
    const its = all.get(key);
    if (its === undefined) all.set(key, [stored]);
    else its.push(stored);
  }
  return all;
}
