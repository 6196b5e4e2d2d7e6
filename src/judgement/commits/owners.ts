import type { LeaseChange } from '../../evidence/commits/commit-file.js';
import { leaseText } from '../audit/tables/case-tables.js';
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
 * Finds the leases whose rows were given to another owner before they expired, were released or were declined.
 *
 * @param zeroUnixUs the run's time zero, microseconds since 1970
 */
export function replacements(changes: Iterable<LeaseChange>, zeroUnixUs: number): Replacement[] {
  const rows = new Map<string, LeaseChange>();
  const found: Replacement[] = [];
  for (const change of changes) {
    const lease = leaseText(change.row);
    const before = rows.get(lease);
    if (change.kind === 'delete') rows.delete(lease);
    else rows.set(lease, change);
    if (before === undefined || change.kind !== 'update' || change.row.state !== ASSIGNED) continue;
    if (ownerOf(before.row) === ownerOf(change.row) || before.row.state !== ASSIGNED) continue;
    const atUnixUs = zeroUnixUs + (change.byUs ?? 0);
    if ((before.row.expire ?? 0) * 1e6 > atUnixUs + SLACK_US) found.push({ lease, before, change });
  }
  return found;
}
