import type { LeaseChange } from '../../evidence/commits/commit-file.js';
import type { LeaseRow } from '../../results/audit.js';
import { leaseText } from '../audit/tables/case-tables.js';
import { INFINITE_LIFETIME } from '../../protocol/leases.js';
import { ASSIGNED, ownerOf } from './input.js';

/** A commit that gave a lease to an owner, or prolonged it. Times in microseconds on the run's clock. */
export interface Write {
  lease: string;
  owner: string;
  row: LeaseRow;
  /** Between which moments it was written. A commit that nobody saw may have been at any time. */
  afterUs: number;
  byUs: number;
  /** By this moment the lease was over: the row was removed or given back, or had expired by its server's clock. */
  endedByUs: number;
  /** By this moment the row was another owner's. */
  replacedByUs: number;
}

/** @param zeroUnixUs the run's time zero by the servers' clocks, microseconds since 1970 */
export function writesIn(changes: Iterable<LeaseChange>, zeroUnixUs: number): Write[] {
  const writes: Write[] = [];
  const latest = new Map<string, Write>();
  for (const { kind, row, afterUs, byUs } of changes) {
    const lease = leaseText(row);
    const before = latest.get(lease);
    const isGiven = kind !== 'delete' && row.state === ASSIGNED && row.validLifetime > 0;
    if (!isGiven) {
      if (before !== undefined) before.endedByUs = Math.min(before.endedByUs, byUs ?? Infinity);
      latest.delete(lease);
      continue;
    }
    const owner = ownerOf(row);
    if (before !== undefined && before.owner !== owner) before.replacedByUs = byUs ?? Infinity;
    const isEndless = row.validLifetime === INFINITE_LIFETIME || row.expire === null;
    const write: Write = {
      lease,
      owner,
      row,
      afterUs: afterUs ?? -Infinity,
      byUs: byUs ?? Infinity,
      endedByUs: isEndless ? Infinity : (row.expire ?? 0) * 1e6 - zeroUnixUs,
      replacedByUs: Infinity,
    };
    writes.push(write);
    latest.set(lease, write);
  }
  return writes;
}

export function writesBy(keyOf: (write: Write) => string, writes: readonly Write[]): Map<string, Write[]> {
  const all = new Map<string, Write[]>();
  for (const write of writes) {
    const key = keyOf(write);
    const its = all.get(key);
    if (its === undefined) all.set(key, [write]);
    else its.push(write);
  }
  return all;
}
