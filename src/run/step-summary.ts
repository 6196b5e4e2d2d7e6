import { appendFileSync, statSync } from 'node:fs';
import { markdownReport, SUMMARY_LIMIT_BYTES } from '../report/markdown.js';
import type { Result } from '../report/result.js';

/** Less than this holds no verdict worth reading. */
const LEAST_BYTES = 1_000;

/**
 * Appends a run's summary to the job's, where a CI job names one (`GITHUB_STEP_SUMMARY`), as far as there is room: a summary
 * over the limit would be refused as a whole.
 *
 * Errors: those of the file system
 */
export function appendStepSummary(result: Result, path = process.env['GITHUB_STEP_SUMMARY']): void {
  if (path === undefined || path === '') return;
  const taken = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const left = SUMMARY_LIMIT_BYTES - taken - 1;
  if (left >= LEAST_BYTES) appendFileSync(path, markdownReport(result, left) + '\n');
}
