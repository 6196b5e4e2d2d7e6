import type { Journal } from '../journal/journal.js';
import { COLUMNS, exportedRow, type ExportedRow } from './rows.js';

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The least length of each piece but the last, so that a stream has few pieces. */
const PIECE_CHARACTERS = 1 << 16;

/**
 * The journal as text, in pieces of many lines. CSV is RFC 4180 with a header, and with line feeds as line ends. JSON
 * has an object on each line.
 */
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

/**
 * A spreadsheet takes a field that begins like this for a formula. It evaluates the formula, which may contact other
 * machines.
 */
const FORMULA = /^[=+\-@\t\r\n]/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * A field that contains a quote, a comma or a line break stands in quotes (RFC 4180 section 2). A field that would be
 * a formula gets an apostrophe before it, because names may come from a network or a file.
 */
export function csvField(value: string | number | undefined): string {
  if (value === undefined) return '';
  const given = String(value);
  const text = FORMULA.test(given) && !NUMBER.test(given) ? `'${given}` : given;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
