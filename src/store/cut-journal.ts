import { join } from 'node:path';
import { z } from 'zod';
import { evidenceSchema, type Evidence } from '../evidence/evidence.js';
import { isThere } from '../files/entries.js';
import { readJsonOf } from '../files/regular-file.js';
import { openJournal, type Journal } from '../observations/journal/journal.js';
import { STORED } from './stored-files.js';

/**
 * Whether a journal still has what its run wrote. A result that was judged before the journal was cut is stale: every
 * command that reads it judges the run again, as `analyze` does.
 */

type Written = Pick<Evidence, 'endedEarly' | 'observations'>;

/** What the journal lacks, a sentence each. Without evidence nobody knows how many records there were. */
export function lackingRecords(
  { records, cutOffBytes }: Pick<Journal, 'records' | 'cutOffBytes'>,
  evidence: Written | undefined,
): string[] {
  // A run that could not write its whole journal has reported that itself.
  const written = evidence?.endedEarly === null ? evidence.observations : undefined;
  return [
    ...(written === undefined || written === records
      ? []
      : [`the journal has ${records} of the ${written} records that the run wrote`]),
    ...(cutOffBytes === 0
      ? []
      : [
          `the last record of the journal is incomplete (${cutOffBytes} bytes), so the journal is judged without it`,
        ]),
  ];
}

/** The part of `evidence.json` that says how many records the run wrote. */
const writtenSchema = z.object({
  endedEarly: evidenceSchema.shape.endedEarly,
  observations: evidenceSchema.shape.observations,
});

/**
 * Whether the stored result of a run is not to be trusted: its journal was cut since the run has ended, or the evidence
 * that tells how long it was is gone or damaged. Of the journal, only the header is read. False for a run without a
 * journal, and for one of an older version, whose evidence does not tell.
 * Errors: SOURCE for a file that is no journal any more.
 */
export function isJournalCut(directory: string): boolean {
  const path = join(directory, STORED.journal);
  if (!isThere(path)) return false;
  const written = writtenIn(join(directory, STORED.evidence));
  return written === undefined || lackingRecords(openJournal(path), written).length > 0;
}

function writtenIn(path: string): Written | undefined {
  try {
    return isThere(path) ? writtenSchema.parse(readJsonOf(path)) : undefined;
  } catch {
    return undefined;
  }
}
