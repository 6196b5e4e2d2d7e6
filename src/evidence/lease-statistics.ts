import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { LeaseCount, LeaseStatistics, LeaseTableName } from './system.js';

/**
 * The tables in which the triggers of Kea's schema count the leases of each lease table: by subnet and state, and since
 * schema 18 also by pool (`dhcpdb_create.mysql`).
 */
const TABLES: Readonly<Record<LeaseTableName, readonly string[]>> = {
  lease4: ['lease4_stat', 'lease4_pool_stat'],
  lease6: ['lease6_stat', 'lease6_pool_stat'],
};

/** What a count is of; a table lacks some of these columns. */
const KEYS = ['subnet_id', 'pool_id', 'lease_type', 'state'] as const;

/**
 * Reads the statistics of a lease table, and counts its rows in the same way. Call it within the transaction that reads
 * the rows, so that both are of one snapshot.
 *
 * @param columns those of the lease table
 */
export async function readLeaseStatistics(
  session: Connection,
  table: LeaseTableName,
  columns: readonly string[],
): Promise<LeaseStatistics> {
  const keys = KEYS.filter((key) => columns.includes(key)).join(', ');
  const rows = await counts(session, `SELECT ${keys}, COUNT(*) AS leases FROM ${table} GROUP BY ${keys}`);
  const tables: Record<string, readonly LeaseCount[]> = {};
  for (const name of TABLES[table]) {
    const [found] = await session.query<RowDataPacket[]>('SHOW TABLES LIKE ?', [name.replaceAll('_', '\\_')]);
    if (found.length > 0) tables[name] = await counts(session, `SELECT * FROM ${name}`);
  }
  return { rows, tables };
}

async function counts(session: Connection, sql: string): Promise<LeaseCount[]> {
  const [rows] = await session.query<RowDataPacket[]>(sql);
  return rows.map((row): LeaseCount => {
    const number = (name: string): number => Number(row[name]);
    return {
      subnet: number('subnet_id'),
      ...(row['pool_id'] == null ? {} : { pool: number('pool_id') }),
      ...(row['lease_type'] == null ? {} : { leaseType: number('lease_type') }),
      state: number('state'),
      leases: number('leases'),
    };
  });
}
