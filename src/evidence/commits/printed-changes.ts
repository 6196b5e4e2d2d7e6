import type { LeaseTableName } from '../system.js';

/** A column of a lease table, as `SHOW COLUMNS` says. */
export interface Column {
  name: string;
  /** Such as `varbinary(128)`. */
  type: string;
}

/** A change of a row of a lease table. */
export interface RowChange {
  table: LeaseTableName;
  kind: 'insert' | 'update' | 'delete';
  /** The row's values after the change, of a deleted row before it, in the order of the columns. */
  values: PrintedValue[];
}

/** What one transaction changed in the lease tables. */
export interface CommittedTransaction {
  /** Of the node through which it was made. */
  serverId: number;
  /** Where it ends in its file, bytes. */
  end: number;
  changes: RowChange[];
}

/** A number, null, or bytes as the characters U+0000 to U+00FF. */
export type PrintedValue = number | string | null;

const KINDS = { 'INSERT INTO': 'insert', UPDATE: 'update', 'DELETE FROM': 'delete' } as const;

const HEADER = /^#\d{6} +\d+:\d\d:\d\d server id (\d+) +end_log_pos (\d+)/;
const ROW = /^### (INSERT INTO|UPDATE|DELETE FROM) `[^`]*`\.`(lease[46])`$/;
const OTHER_ROW = /^### (?:INSERT|UPDATE|DELETE)/;
const VALUE = /^### {3}@(\d+)=(.*)$/;

/**
 * Reads what mariadb-binlog(1) and mysqlbinlog(1) print with `--base64-output=decode-rows --verbose`, line by line. The
 * lines are to be given as Latin-1, as values of bytes are printed as they are.
 */
export class PrintedChanges {
  readonly #committed: (transaction: CommittedTransaction) => void;
  #serverId = 0;
  #end = 0;
  #changes: RowChange[] = [];
  #change: RowChange | undefined;

  constructor(committed: (transaction: CommittedTransaction) => void) {
    this.#committed = committed;
  }

  line(text: string): void {
    if (text.startsWith('### ')) {
      this.#row(text);
      return;
    }
    const header = HEADER.exec(text);
    if (header !== null) {
      this.#serverId = Number(header[1]);
      this.#end = Number(header[2]);
      return;
    }
    if (text.startsWith('COMMIT')) this.#commit();
    else if (text.startsWith('ROLLBACK')) this.#begin();
  }

  #row(text: string): void {
    const value = VALUE.exec(text);
    if (value !== null) {
      // Those after the change replace those before it.
      if (this.#change !== undefined) this.#change.values[Number(value[1]) - 1] = valueOf(value[2] ?? '');
      return;
    }
    const row = ROW.exec(text);
    if (row !== null) {
      const kind = KINDS[row[1] as keyof typeof KINDS];
      this.#change = { table: row[2] as LeaseTableName, kind, values: [] };
      this.#changes.push(this.#change);
    } else if (OTHER_ROW.test(text)) this.#change = undefined;
  }

  #commit(): void {
    if (this.#changes.length > 0)
      this.#committed({ serverId: this.#serverId, end: this.#end, changes: this.#changes });
    this.#begin();
  }

  #begin(): void {
    this.#changes = [];
    this.#change = undefined;
  }
}

/**
 * Such as `NULL`, `12`, `-4 (4294967292)`, `'\x00a'`. Bytes below 32 are printed as `\x00` to `\x1f`, and all others as they
 * are, quotes and backslashes too (`my_b_write_quoted` in MariaDB's and MySQL's log_event).
 */
function valueOf(text: string): PrintedValue {
  if (text === 'NULL') return null;
  if (text.startsWith("'"))
    return text
      .slice(1, text.lastIndexOf("'"))
      .replace(/\\x([01][0-9a-f])/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  // An unsigned number is printed behind the signed one of the same bits.
  const unsigned = /\((\d+)\)$/.exec(text);
  return Number(unsigned?.[1] ?? text);
}
