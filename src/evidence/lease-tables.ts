import { join } from 'node:path';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { DatabaseAccess } from '../cluster/model.js';
import { ownRows } from './own-rows.js';
import { LeaseFileWriter } from './lease-file.js';
import { storedValue, type StoredValue } from './lease-row.js';
import { withEvidenceSession } from './node-counters.js';
import type { LeaseTableEvidence, LeaseTableName } from './system.js';

const PAGE_ROWS = 10_000;

export interface LeaseTableRequest {
  node: { name: string; admin: DatabaseAccess };
  table: LeaseTableName;
  /** Where it writes the file: the run directory, whose `LEASE_ROWS` is there. */
  directory: string;
  signal: AbortSignal;
  /** Reads the rows of this run's clients only, known by its seed; all rows where it is absent. */
  ownSeed?: number | undefined;
}

/** Where the lease files lie, below the run directory. */
export const LEASE_ROWS = 'lease-rows';

/** Reads a lease table through one node, page by page in one snapshot, into a file. Rejects where it can't. */
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
    try {
      await session.query('START TRANSACTION WITH CONSISTENT SNAPSHOT');
      for await (const page of pages(session, table, columns, ownSeed)) {
        signal.throwIfAborted();
        file.append(page);
      }
    } catch (error) {
      file.abandon();
      throw error;
    }
    return file.close();
  });
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
  // CAST, as UNIX_TIMESTAMP is a decimal where the column has fractions.
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
