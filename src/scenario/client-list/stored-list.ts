import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HarnessError, messageOf } from '../../errors.js';
import { familyOf, type CaseKind } from '../../protocol/cases.js';
import { readClientList } from './client-list.js';
import type { ListedClient } from './listed-client.js';

/**
 * The clients of a list that a run directory holds.
 * Errors: SOURCE where the file is missing, or not as it was when the run began.
 *
 * @param digest as `digestOf` gave it then; undefined where the run makes it just now
 */
export function readStoredList(
  path: string,
  cases: readonly CaseKind[],
  digest: string | undefined,
): readonly ListedClient[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new HarnessError('SOURCE', `${path}: ${messageOf(error)}`);
  }
  if (digest !== undefined && digestOf(text) !== digest)
    throw new HarnessError('SOURCE', `${path} is not the list with which the run was made`, {
      hint: 'put the list back as it was; without it nobody knows whose rows are whose',
    });
  const { clients, problems } = readClientList(text, cases.map(familyOf));
  const [first] = problems;
  if (first !== undefined)
    throw new HarnessError('SOURCE', `${path}:${first.line}:${first.column}: ${first.message}`);
  return clients;
}

/** SHA-256 of a list, hexadecimal. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
