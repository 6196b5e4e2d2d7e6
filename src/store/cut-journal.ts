import { z } from 'zod';
import { evidenceSchema, type Evidence } from '../evidence/evidence.js';
import type { Journal } from '../observations/journal/journal.js';

/**
 * Whether a journal still has as many records as its run wrote. A result that was judged before the journal was cut is
 * stale: every command that reads it judges the run again, as `analyze` does.
 */

/** The part of `evidence.json` that says how many records the run wrote. */
export type Written = Pick<Evidence, 'endedEarly' | 'observations' | 'journalDigests'>;

const writtenSchema = z.object({
  endedEarly: evidenceSchema.shape.endedEarly,
  observations: evidenceSchema.shape.observations,
  journalDigests: evidenceSchema.shape.journalDigests,
});

/** What the journal lacks, a sentence each. Without evidence nobody knows how many records there were. */
export function lackingRecords(
  { records, cutOffBytes }: Pick<Journal, 'records' | 'cutOffBytes'>,
  evidence: Written | undefined,
): string[] {
  // A run that could not write its whole journal has reported that itself.
  const written = evidence?.endedEarly === null ? evidence.observations : undefined;
  return [
    ...(written === undefined || written === records || isForeign(records, written, evidence)
      ? []
      : [`the journal has ${records} of the ${written} records that the run wrote`]),
    ...(cutOffBytes === 0
      ? []
      : [
          `the last record of the journal is incomplete (${cutOffBytes} bytes), so the journal is judged without it`,
        ]),
  ];
}

/** A longer journal is not the one of the run, which its digest tells. */
function isForeign(records: number, written: number, evidence: Written | undefined): boolean {
  return records > written && evidence?.journalDigests !== undefined;
}

/**
 * Whether a journal was cut since its run has ended, or the evidence that tells how long it was is gone or damaged. False
 * for a run of an older version, whose evidence does not tell.
 *
 * @param evidence the JSON of `evidence.json`
 */
export function isCut(journal: Pick<Journal, 'records' | 'cutOffBytes'>, evidence: unknown): boolean {
  const written = writtenSchema.safeParse(evidence).data;
  return written === undefined || lackingRecords(journal, written).length > 0;
}
