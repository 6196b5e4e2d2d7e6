import { appendFileSync, statSync } from 'node:fs';
import { messageOf } from '../errors.js';
import { SUMMARY_LIMIT_BYTES } from '../report/markdown.js';

/** Less than this holds no verdict worth reading. */
const LEAST_BYTES = 1_000;

/**
 * Appends the summary of a run, or of a suite, to the job's, where a CI job names one (`GITHUB_STEP_SUMMARY`), as far as there is room: a summary
 * over the limit would be refused as a whole.
 *
 * Errors: those of the file system
 *
 * @param summary of at most so many bytes
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

/** A CI job without its summary is still the run that it was. */
export function summarize(summary: (limitBytes: number) => string, say: (text: string) => void): void {
  try {
    appendStepSummary(summary);
  } catch (error) {
    say(`GITHUB_STEP_SUMMARY can't be written: ${messageOf(error)}`);
  }
}
