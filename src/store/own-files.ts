import { join } from 'node:path';
import { z } from 'zod';
import { HarnessError } from '../errors.js';
import { evidenceSchema, type Evidence } from '../evidence/evidence.js';
import { isThere } from '../files/entries.js';
import { readJsonOf } from '../files/regular-file.js';
import {
  beginsAsWritten,
  digestOf,
  hasOnlyRecords,
  type Depth,
  type JournalDigests,
} from '../observations/journal/digest.js';
import { openJournal } from '../observations/journal/journal.js';
import { isCut } from './cut-journal.js';
import { requireOneRun, type Named } from './one-run.js';
import { STORED } from './stored-files.js';

/**
 * Whether the files of a run directory are still those that its run wrote. Every reader of a stored result asks this first.
 *
 * - `run.json`, `evidence.json` and `result.json` must be of one run, and the journal must have all its records. All readers
 *   check this; of the journal it takes the header.
 * - The bytes of the journal must be those that the run wrote. `report`, `compare`, `baseline`, `analyze` and `export` read all
 *   of them. `index` and `trend` read at most eight blocks of each journal, so they find another journal, but not every
 *   changed byte.
 * - A run of an earlier version has no digest of its journal. Then what is read must at least be records.
 */

/**
 * `cut`: the run must be judged again, as the stored result tells of more than is there.
 * Errors: SOURCE where files are of two runs, or the journal is another one.
 *
 * @param result the result that is stored in the directory
 */
export function checkOwnFiles(directory: string, result: Named, depth: Depth): 'own' | 'cut' {
  const evidence = jsonIn(directory, STORED.evidence);
  requireOneRun(directory, result, { facts: jsonIn(directory, STORED.facts), evidence });
  return checkJournal(directory, evidence, depth);
}

/** The same for the journal alone. `own` for a run without one. */
export function checkOwnJournal(directory: string): 'own' | 'cut' {
  return checkJournal(directory, jsonIn(directory, STORED.evidence), 'whole');
}

function checkJournal(directory: string, evidence: unknown, depth: Depth): 'own' | 'cut' {
  const path = join(directory, STORED.journal);
  if (!isThere(path)) return 'own';
  const isShort = isCut(openJournal(path), evidence);
  requireOwnJournal(path, digestsSchema.safeParse(evidence).data, isShort ? 'beginnings' : depth);
  return isShort ? 'cut' : 'own';
}

/** Whether the journal of a run was cut. False for a run without one. Errors: SOURCE for a file that is no journal any more. */
export function isJournalCut(directory: string): boolean {
  const path = join(directory, STORED.journal);
  return isThere(path) && isCut(openJournal(path), jsonIn(directory, STORED.evidence));
}

const digestsSchema = z.object({ journalDigests: evidenceSchema.shape.journalDigests });

/**
 * Errors: SOURCE where a journal is not the one that its run wrote.
 *
 * @param evidence what the run wrote about it; undefined if nothing is known
 * @param depth `beginnings` for a journal that was cut: what is left of it must begin as the run's
 */
export function requireOwnJournal(
  path: string,
  evidence: Pick<Evidence, 'journalDigests'> | undefined,
  depth: Depth | 'beginnings',
): void {
  const written = evidence?.journalDigests;
  if (isOwn(path, written, depth)) return;
  const why =
    written === undefined
      ? 'it has bytes that are no records'
      : 'it is not what the run wrote (its SHA-256 differs)';
  throw new HarnessError('SOURCE', `${path} can't be judged: ${why}`, {
    hint: 'put the journal of this run back from a copy; without it nobody can judge the run again',
  });
}

function isOwn(path: string, written: JournalDigests | undefined, depth: Depth | 'beginnings'): boolean {
  if (depth === 'beginnings') return written === undefined || beginsAsWritten(path, written);
  return written === undefined ? hasOnlyRecords(path, depth) : digestOf(path, depth) === written[depth];
}

/** Undefined where the file is missing or can't be read: the code that judges by it reports that. */
function jsonIn(directory: string, name: string): unknown {
  const path = join(directory, name);
  try {
    return isThere(path) ? readJsonOf(path) : undefined;
  } catch {
    return undefined;
  }
}
