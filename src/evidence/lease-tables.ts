import { join } from 'node:path';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { DatabaseAccess } from '../cluster/started-cluster.js';
import { ownRows } from './own-rows.js';
import { LeaseFileWriter } from './lease-file.js';
import { storedValue, type StoredValue } from './lease-row.js';
import { messageOf } from '../errors.js';
import { readLeaseStatistics } from './lease-statistics.js';
import { withEvidenceSession } from './node-counters.js';
import type { LeaseStatistics, LeaseTableEvidence, LeaseTableName, Seen } from './system.js';

const PAGE_ROWS = 10_000;

export interface LeaseTableRequest {
  node: { name: string; admin: DatabaseAccess };
  table: LeaseTableName;
  /** The run directory, for the file; `LEASE_ROWS` must exist in it. */
  directory: string;
  signal: AbortSignal;
  /** The run's seed, to read only the rows of this run's clients; all rows where it is absent. */
  ownSeed?: number | undefined;
}

/** The directory of the lease files, relative to the run directory. */
export const LEASE_ROWS = 'lease-rows';

/** Reads a lease table through one node into a file, page by page in one snapshot. Rejects where it can't be read. */
export function readLeaseTable({
  node,
  table,
  directory,
  signal,
  ownSeed,
}: LeaseTableRequest): Promise<LeaseTableEvidence> {
  return withEvidenceSession(node.admin, signal, async (session) => {
    const columns = await columnsOf(session, table);
    const name = `${LEASE_ROWS}/${node.name}.${table}.jsonl`;
    const file = new LeaseFileWriter(join(directory, name), name, columns);
    let statistics: Seen<LeaseStatistics>;
    try {
      await session.query('START TRANSACTION WITH CONSISTENT SNAPSHOT');
      statistics = await statisticsOf(session, table, columns);
      for await (const page of pages(session, table, columns, ownSeed)) {
        signal.throwIfAborted();
        file.append(page);
      }
    } catch (error) {
      file.abandon();
      throw error;
    }
    return { ...file.close(), statistics };
  });
}

/** The user of somebody else's database may not be allowed to read these tables. The rows can be audited all the same. */
async function statisticsOf(
  session: Connection,
  table: LeaseTableName,
  columns: readonly string[],
): Promise<Seen<LeaseStatistics>> {
  try {
    return { seen: await readLeaseStatistics(session, table, columns) };
  } catch (error) {
    return { absent: messageOf(error) };
  }
}

async function columnsOf(session: Connection, table: LeaseTableName): Promise<string[]> {
  const [columns] = await session.query<(RowDataPacket & { Field: string })[]>(`SHOW COLUMNS FROM ${table}`);
  return columns.map(({ Field }) => Field);
}

async function* pages(
  session: Connection,
  table: LeaseTableName,
  columns: readonly string[],
  ownSeed: number | undefined,
): AsyncGenerator<StoredValue[][]> {
  // CAST is needed, as UNIX_TIMESTAMP returns a decimal if the column has fractions of a second.
  const selected = columns
    .map((column) =>
      column === 'expire' ? 'CAST(UNIX_TIMESTAMP(expire) AS UNSIGNED) AS expire' : `\`${column}\``,
    )
    .join(', ');
  const address = columns.indexOf('address');
  const own = ownSeed === undefined ? undefined : ownRows(table, ownSeed);
  let after: unknown;
  for (;;) {
    const [page] = await session.query<RowDataPacket[][]>({
      sql:
        `SELECT ${selected} FROM ${table} WHERE ${own?.condition ?? 'TRUE'}` +
        `${after === undefined ? '' : ' AND address > ?'} ORDER BY address LIMIT ${PAGE_ROWS}`,
      values: [...(own?.values ?? []), ...(after === undefined ? [] : [after])],
      rowsAsArray: true,
      dateStrings: true,
    });
    const rows = page as unknown as unknown[][];
    if (rows.length === 0) return;
    yield rows.map((row) => row.map((value, index) => storedValue(columns[index] ?? '', value)));
    if (rows.length < PAGE_ROWS) return;
    after = rows.at(-1)?.[address];
  }
}
