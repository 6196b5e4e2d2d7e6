import type { RowDataPacket } from 'mysql2/promise';
import type { DatabaseAccess } from '../cluster/model.js';
import { withSession } from '../cluster/session.js';
import { identityPrefixes } from '../load/identities.js';
import { leaseRowReader, storedValue, type LeaseRow } from './lease-row.js';
import type { LeaseTableName } from './system.js';

/** What picks the rows of one run's clients out of a lease table: a condition with one placeholder, and its value. */
export function ownRows(table: LeaseTableName, seed: number): { condition: string; value: Uint8Array } {
  const { clientIdentifier, duid } = identityPrefixes(seed);
  const [column, value] = table === 'lease4' ? ['client_id', clientIdentifier] : ['duid', duid];
  return { condition: `LEFT(${column}, ${value.length}) = ?`, value };
}

/** The live leases of a run's clients in one subnet, as one node has them: assigned, and not expired by its clock. */
export function readOwnLiveLeases(
  access: DatabaseAccess,
  table: LeaseTableName,
  seed: number,
  subnetId: number,
): Promise<LeaseRow[]> {
  const { condition, value } = ownRows(table, seed);
  return withSession(access, async (session) => {
    const [found] = await session.query<RowDataPacket[]>({
      sql:
        `SELECT *, CAST(UNIX_TIMESTAMP(expire) AS UNSIGNED) AS expire_at FROM ${table}` +
        ` WHERE ${condition} AND subnet_id = ? AND state = 0 AND expire > NOW() ORDER BY address`,
      values: [Buffer.from(value), subnetId],
      dateStrings: true,
    });
    const columns = Object.keys(found[0] ?? {});
    const read = leaseRowReader(table, columns);
    return found.map((row) => read(columns.map((column) => storedValue(column, row[column]))));
  });
}
