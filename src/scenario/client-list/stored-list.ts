import { readFileSync } from 'node:fs';
import { HarnessError, messageOf } from '../../errors.js';
import { familyOf, type CaseKind } from '../../protocol/cases.js';
import { readClientList } from './client-list.js';
import type { ListedClient } from './listed-client.js';

/**
 * The clients of a list that a run directory holds.
 * Errors: SOURCE where the file is missing, or not as it was when the run began.
 */
export function readStoredList(path: string, cases: readonly CaseKind[]): readonly ListedClient[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new HarnessError('SOURCE', `${path}: ${messageOf(error)}`);
  }
  const { clients, problems } = readClientList(text, cases.map(familyOf));
  const [first] = problems;
  if (first !== undefined)
    throw new HarnessError('SOURCE', `${path}:${first.line}:${first.column}: ${first.message}`);
  return clients;
}
