import { PROBE } from '../../cluster/flavors/readiness.js';
import { LeaseFileWriter, linesOf } from '../lease-file.js';
import { leaseRowReader, storedValue, type StoredValue } from '../lease-row.js';
import { LEASE_TABLES, type LeaseTableEvidence, type LeaseTableName } from '../system.js';
import type { LeaseRow } from '../../results/audit.js';
import type { Column, PrintedValue, RowChange } from './printed-changes.js';

/** The directory of the files, relative to the run directory. */
export const COMMIT_HISTORY = 'commit-history';

/** What a line of the file says before the columns of the row. */
const OF_CHANGE = ['file', 'end', 'afterUs', 'byUs', 'serverId', 'kind', 'table'] as const;
/** The columns of a row that the judgement uses. A table has not all of them. */
const OF_ROW = [
  ...['address', 'lease_type', 'prefix_len', 'subnet_id', 'state', 'expire', 'valid_lifetime'],
  ...['hwaddr', 'client_id', 'duid', 'iaid'],
];

/** A change of a lease, as one node's binary log has it. */
export interface LeaseChange {
  /** Numbers the files of the log. A server that starts begins a new one. */
  file: number;
  /** Where its transaction ends in the file, bytes. Changes of one transaction share it. */
  end: number;
  /** Between which moments it was written, microseconds on the run's clock; null where nobody saw it. */
  afterUs: number | null;
  byUs: number | null;
  /** Of the node through which it was made. */
  serverId: number;
  kind: RowChange['kind'];
  /** After the change; of a deleted row, before it. */
  row: LeaseRow;
}

/** A change, and where and when it was committed. */
export type CommittedChange = Omit<LeaseChange, 'row' | 'kind'> & { change: RowChange };

/**
 * The changes of the lease tables in one node's binary log, `commit-history/NODE.jsonl`. Each line is a JSON array; the
 * first one has the names of the values.
 */
export class CommitFileWriter {
  readonly #file: LeaseFileWriter;
  readonly #columns: Readonly<Record<LeaseTableName, readonly Column[]>>;

  constructor(path: string, name: string, columns: Readonly<Record<LeaseTableName, readonly Column[]>>) {
    this.#file = new LeaseFileWriter(path, name, [...OF_CHANGE, ...OF_ROW]);
    this.#columns = columns;
  }

  append(changes: readonly CommittedChange[]): void {
    this.#file.append(
      changes
        .filter(({ change }) => !this.#isProbe(change))
        .map(({ file, end, afterUs, byUs, serverId, change: { kind, table, values } }) => {
          const columns = this.#columns[table];
          const row = OF_ROW.map((name) => {
            const index = columns.findIndex((column) => column.name === name);
            return index < 0 ? null : stored(columns[index] as Column, values[index] ?? null);
          });
          return [file, end, afterUs, byUs, serverId, kind, table, ...row];
        }),
    );
  }

  /** Whether the harness made the change, to find out whether the nodes take writes. */
  #isProbe({ table, values }: RowChange): boolean {
    const subnet = this.#columns[table].findIndex(({ name }) => name === 'subnet_id');
    return Number(values[subnet]) === PROBE.subnet;
  }

  close(): LeaseTableEvidence {
    return this.#file.close();
  }

  abandon(): void {
    this.#file.abandon();
  }
}

/** The value in the form of the lease files. */
function stored({ name, type }: Column, value: PrintedValue): StoredValue {
  if (typeof value !== 'string' || type.startsWith('varchar')) return storedValue(name, value);
  const bytes = Buffer.from(value, 'latin1');
  const length = /^binary\((\d+)\)/.exec(type)?.[1];
  // The log leaves zeros at the end of a value of fixed length out.
  return storedValue(name, length === undefined ? bytes : Buffer.concat([bytes], Number(length)));
}

/**
 * Reads such a file in one pass.
 *
 * @throws HarnessError SOURCE where the file is missing, or is not what the run wrote
 */
export function* readCommitFile(path: string, { digest }: LeaseTableEvidence): Generator<LeaseChange> {
  const readers = new Map(LEASE_TABLES.map((table) => [table, leaseRowReader(table, OF_ROW)] as const));
  let isFirst = true;
  for (const line of linesOf(path, digest)) {
    if (isFirst) {
      isFirst = false;
      continue;
    }
    const [file, end, afterUs, byUs, serverId, kind, table, ...row] = JSON.parse(line) as [
      ...[number, number, number | null, number | null, number, RowChange['kind'], LeaseTableName],
      ...StoredValue[],
    ];
    const read = readers.get(table);
    if (read !== undefined) yield { file, end, afterUs, byUs, serverId, kind, row: read(row) };
  }
}
