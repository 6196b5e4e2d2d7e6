/**
 * Lists of clients (`load.clientsFrom`): a CSV file with a line of column names and a line for each client. The first client
 * is client 0 of each case.
 */
import { CsvError, parse } from 'csv-parse/sync';
import type { Family } from '../../protocol/phases.js';
import {
  COLUMN_NAMES,
  columnOf,
  iaidOf,
  identifierBytes,
  problemOfCell,
  whyNoColumn,
  type Column,
  type IdentifierColumn,
  type SentColumn,
} from './columns.js';
import type { ClientList, ListedClient, ListProblem } from './listed-client.js';
import { sameIdentities } from './same-identities.js';

/** With more clients, their identities would need more memory than the load. */
export const MOST_LISTED = 200_000;
const MOST_PROBLEMS = 20;

/** A line of the file, as the library reads it. */
interface Line {
  record: string[];
  raw: string;
  info: { lines: number };
}

/**
 * Reads a list.
 *
 * @param families the protocols of the cases, of which each client needs the identifier
 */
export function readClientList(text: string, families: readonly Family[]): ClientList {
  let lines: Line[];
  try {
    lines = parse(text, {
      bom: true,
      comment: '#',
      comment_no_infix: true,
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Line[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { clients: [], problems: [unreadable(error, text)] };
  }
  const [header, ...rows] = lines;
  if (header === undefined)
    return { clients: [], problems: [{ line: 1, column: 1, message: 'the list is empty', hint: HINT }] };
  const columns = header.record.map(columnOf);
  const problems: ListProblem[] = [...headerProblems(header, columns, families)];
  if (problems.length > 0) return { clients: [], problems };
  if (rows.length === 0) problems.push({ line: 1, column: 1, message: 'the list names no client' });
  if (rows.length > MOST_LISTED)
    problems.push({ line: 1, column: 1, message: `the list has more than ${MOST_LISTED} clients` });
  const clients: ListedClient[] = [];
  for (const row of rows) {
    if (problems.length >= MOST_PROBLEMS) break;
    const its = [...rowProblems(row, header, columns, families)];
    problems.push(...its);
    if (its.length === 0) clients.push(clientIn(row, columns));
  }
  if (problems.length === 0) problems.push(...sameIdentities(clients, families));
  return { clients, problems };
}

/** The library tells where it gave up. A quote that is never closed began before that. */
function unreadable(error: CsvError, text: string): ListProblem {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return { ...lastQuoteIn(text), message: 'this quote is not closed', hint: QUOTES };
  const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
  const isQuote = /QUOTE/.test(error.code);
  const message = isQuote
    ? 'a quote stands in the middle of a cell'
    : `the line can't be read: ${error.message}`;
  return { line, column: 1, message, hint: QUOTES };
}

const QUOTES = 'a cell with a comma or a line break stands in quotes, and a quote in such a cell is doubled';

function lastQuoteIn(text: string): { line: number; column: number } {
  const before = text.slice(0, text.lastIndexOf('"')).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const HINT = `the first line has the names of the columns: ${COLUMN_NAMES.join(', ')}`;
const NEEDED: Readonly<Record<Family, IdentifierColumn>> = { 4: 'hardwareAddress', 6: 'duid' };

function* headerProblems(
  header: Line,
  columns: readonly (Column | undefined)[],
  families: readonly Family[],
): Generator<ListProblem> {
  const line = header.info.lines;
  for (const [index, name] of header.record.entries()) {
    const at = { line, column: columnAt(header.raw, index) };
    if (columns[index] === undefined) yield { ...at, message: whyNoColumn(name), hint: HINT };
    else if (header.record.indexOf(name) < index) yield { ...at, message: `${name} is there twice` };
  }
  for (const family of new Set(families)) {
    const needed = NEEDED[family];
    if (!header.record.includes(needed))
      yield {
        line,
        column: 1,
        message: `there is no column ${needed}, which DHCPv${family} needs`,
        hint: HINT,
      };
  }
}

function* rowProblems(
  { record, raw, info: { lines: line } }: Line,
  header: Line,
  columns: readonly (Column | undefined)[],
  families: readonly Family[],
): Generator<ListProblem> {
  if (record.length !== columns.length) {
    const message = `${record.length} cells, and the first line has ${columns.length}`;
    yield { line, column: columnAt(raw, Math.min(record.length, columns.length)), message };
    return;
  }
  for (const [index, column] of columns.entries()) {
    const text = record[index] ?? '';
    const at = { line, column: columnAt(raw, index) };
    const message = column === undefined || text === '' ? undefined : problemOfCell(column, text);
    if (message !== undefined) yield { ...at, message };
  }
  for (const family of new Set(families)) {
    const index = header.record.indexOf(NEEDED[family]);
    if ((record[index] ?? '') === '')
      yield { line, column: columnAt(raw, index), message: `${NEEDED[family]} is empty` };
  }
}

function clientIn({ record, info }: Line, columns: readonly (Column | undefined)[]): ListedClient {
  const identifiers: Partial<Record<IdentifierColumn, Uint8Array>> = {};
  const sent: Partial<Record<SentColumn, string>> = {};
  const options: ListedClient['options'][number][] = [];
  let iaid = 0;
  for (const [index, column] of columns.entries()) {
    const text = record[index] ?? '';
    if (column === undefined || text === '') continue;
    switch (column.kind) {
      case 'identifier': {
        const bytes = identifierBytes(text);
        if (bytes !== undefined) identifiers[column.name] = bytes;
        break;
      }
      case 'iaid':
        iaid = iaidOf(text) ?? 0;
        break;
      case 'sent':
        sent[column.name] = text;
        break;
      case 'option':
        options.push({ family: column.family, code: column.code, value: text });
    }
  }
  return { ...identifiers, iaid, sent, options, line: info.lines };
}

/** Where a cell begins in its line, from 1; for a line of several lines, in the first of them. */
function columnAt(raw: string, cell: number): number {
  let [at, isQuoted] = [0, false];
  for (let left = cell; left > 0 && at < raw.length; at++) {
    if (raw[at] === '"') isQuoted = !isQuoted;
    else if (raw[at] === ',' && !isQuoted) left--;
  }
  return at + 1;
}
