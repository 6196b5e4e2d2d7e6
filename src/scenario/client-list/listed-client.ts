import type { Family } from '../../protocol/phases.js';
import type { IdentifierColumn, SentColumn } from './columns.js';

/** One client of a list. */
export interface ListedClient extends Partial<Readonly<Record<IdentifierColumn, Uint8Array>>> {
  /** 0 unless the list says otherwise. */
  readonly iaid: number;
  /** What the list says of it, as values of options; without what it leaves empty. */
  readonly sent: Readonly<Partial<Record<SentColumn, string>>>;
  readonly options: readonly { readonly family: Family; readonly code: number; readonly value: string }[];
  /** Its line in the file, from 1. */
  readonly line: number;
}

/** What is wrong with a list, and where: line and column from 1. */
export interface ListProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint?: string;
}

export interface ClientList {
  readonly clients: readonly ListedClient[];
  readonly problems: readonly ListProblem[];
}
