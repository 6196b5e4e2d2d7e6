import { appendFileSync, statSync } from 'node:fs';
import { SUMMARY_LIMIT_BYTES } from '../report/markdown/markdown.js';
import { whyNot } from '../files/why-not.js';

/** A summary of fewer bytes holds no verdict worth reading. */
const LEAST_BYTES = 1_000;

/**
 * Appends the summary of a run or suite to the file that a CI job names in `GITHUB_STEP_SUMMARY`, if the job names
 * one. The summary gets only as many bytes as are left: a summary over the limit would be refused as a whole.
 *
 * Errors: those of the file system
 *
 * @param summary returns a summary of at most the given number of bytes
 */
export function appendStepSummary(
  summary: (limitBytes: number) => string,
  path = process.env['GITHUB_STEP_SUMMARY'],
): void {
  if (path === undefined || path === '') return;
  const taken = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const left = SUMMARY_LIMIT_BYTES - taken - 1;
  if (left >= LEAST_BYTES) appendFileSync(path, summary(left) + '\n');
}

/** Appends the job's summary. A failure to do so is told, but does not change the run's outcome. */
export function summarize(summary: (limitBytes: number) => string, say: (text: string) => void): void {
  try {
    appendStepSummary(summary);
  } catch (error) {
    say(`GITHUB_STEP_SUMMARY can't be written: ${whyNot(error)}`);
  }
}
