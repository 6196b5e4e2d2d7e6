import type { Journal } from '../journal.js';
import { COLUMNS, exportedRow, type ExportedRow } from './rows.js';

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What one piece of text holds at least, so that a stream has few of them. */
const PIECE_CHARACTERS = 1 << 16;

/** The journal as text, in pieces of many lines: RFC 4180 with a header and line feeds, or an object on each line. */
export function* exportedText(
  { layout, observations }: Pick<Journal, 'layout' | 'observations'>,
  format: ExportFormat,
): Generator<string> {
  let piece = format === 'csv' ? COLUMNS.join(',') + '\n' : '';
  const lineOf = format === 'csv' ? csvLine : (row: ExportedRow) => JSON.stringify(row);
  for (const observation of observations()) {
    piece += lineOf(exportedRow(observation, layout)) + '\n';
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

function csvLine(row: ExportedRow): string {
  return COLUMNS.map((column) => csvField(row[column])).join(',');
}

/** What a spreadsheet takes for a formula: it calculates, and may ask another machine for something. */
const FORMULA = /^[=+\-@\t\r\n]/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * RFC 4180 section 2: in quotes where it would break the line apart. What would begin a formula has an apostrophe before it,
 * as names may come from a network or a file.
 */
export function csvField(value: string | number | undefined): string {
  if (value === undefined) return '';
  const given = String(value);
  const text = FORMULA.test(given) && !NUMBER.test(given) ? `'${given}` : given;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
