import type { LeaseChange } from '../../evidence/commits/commit-file.js';
import { leaseText } from '../audit/tables/case-tables.js';
import { INFINITE_LIFETIME } from '../../protocol/leases.js';
import type { HeldBy } from './given.js';
import { ASSIGNED, ownerOf } from './input.js';

/** A lease that got another owner while the one before still had it. */
export interface Replacement {
  lease: string;
  before: LeaseChange;
  change: LeaseChange;
}

/** Rows have whole seconds, and Kea rounds the current time down. */
const SLACK_US = 1_000_000;

/**
 * Finds the leases whose rows were given to another owner before they expired, were released or were declined. A row that
 * is removed may have been released, which the row does not tell. So a lease whose row was removed counts only if its
 * client still held it when another client got it.
 *
 * @param zeroUnixUs the run's time zero, microseconds since 1970
 * @param held who held which lease when
 */
export function replacements(
  changes: Iterable<LeaseChange>,
  zeroUnixUs: number,
  held: Pick<HeldBy, 'isHeld'>,
): Replacement[] {
  const rows = new Map<string, LeaseChange>();
  const removed = new Map<string, LeaseChange>();
  const found: Replacement[] = [];
  for (const change of changes) {
    const lease = leaseText(change.row);
    const before = change.kind === 'insert' ? removed.get(lease) : rows.get(lease);
    removed.delete(lease);
    if (change.kind === 'delete') {
      rows.delete(lease);
      removed.set(lease, change);
      continue;
    }
    rows.set(lease, change);
    if (before === undefined || change.row.state !== ASSIGNED) continue;
    if (ownerOf(before.row) === ownerOf(change.row) || before.row.state !== ASSIGNED) continue;
    // Nobody knows whether the lease was over at a moment that nobody saw.
    if (change.byUs === null) continue;
    const atUs = change.byUs;
    const isLive =
      before.row.validLifetime === INFINITE_LIFETIME ||
      (before.row.expire ?? 0) * 1e6 > zeroUnixUs + atUs + SLACK_US;
    if (!isLive || (change.kind === 'insert' && !held.isHeld(lease, ownerOf(before.row), atUs))) continue;
    found.push({ lease, before, change });
  }
  return found;
}
