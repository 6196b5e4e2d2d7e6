import type { RowDataPacket } from 'mysql2/promise';
import type { DatabaseAccess } from '../cluster/started-cluster.js';
import { withSession } from '../cluster/session.js';
import { identityPrefixes } from '../load/identities/identities.js';
import type { LeaseRow } from '../results/audit.js';
import { leaseRowReader, storedValue } from './lease-row.js';
import type { LeaseTableName } from './system.js';

/**
 * A condition that selects the rows of one run's clients, or of one of its cases, in a lease table. It has two
 * placeholders; `values` has their values. It is a range, so that an index on the column can serve it.
 */
export function ownRows(
  table: LeaseTableName,
  seed: number,
  caseIndex?: number,
): { condition: string; values: [Buffer, Buffer] } {
  const { clientIdentifier, duid } = identityPrefixes(seed, caseIndex);
  const [column, prefix] = table === 'lease4' ? ['client_id', clientIdentifier] : ['duid', duid];
  return { condition: `${column} >= ? AND ${column} < ?`, values: [Buffer.from(prefix), next(prefix)] };
}

/** The smallest value after all values that begin with `prefix`. The first byte of `prefix` is never 255. */
function next(prefix: Uint8Array): Buffer {
  const beyond = Buffer.from(prefix);
  let last = beyond.length - 1;
  while (beyond[last] === 0xff) last--;
  beyond[last] = (beyond[last] ?? 0) + 1;
  return beyond.subarray(0, last + 1);
}

/**
 * The live leases of a case's clients as one node has them, in any subnet. Live is assigned, and not expired by the
 * node's clock.
 */
export function readOwnLiveLeases(
  access: DatabaseAccess,
  table: LeaseTableName,
  seed: number,
  caseIndex: number,
): Promise<LeaseRow[]> {
  const { condition, values } = ownRows(table, seed, caseIndex);
  return withSession(access, async (session) => {
    const [found] = await session.query<RowDataPacket[]>({
      sql: `SELECT * FROM ${table} WHERE ${condition} AND state = 0 AND expire > NOW() ORDER BY address`,
      values,
      dateStrings: true,
    });
    const columns = Object.keys(found[0] ?? {});
    const read = leaseRowReader(table, columns);
    return found.map((row) => read(columns.map((column) => storedValue(column, row[column]))));
  });
}
