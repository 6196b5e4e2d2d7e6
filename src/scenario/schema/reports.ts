import { z } from 'zod';

/** What a run can be told as, each in a file of the run directory. */
export const REPORT_FORMATS = ['html', 'junit', 'markdown', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The leases of a long run are a long file, which few want. */
export const DEFAULT_REPORTS: readonly ReportFormat[] = ['html', 'junit', 'markdown'];

/** `reports`: what to write beside `result.json`. */
export const reports = z
  .array(z.enum(REPORT_FORMATS))
  .default([...DEFAULT_REPORTS])
  .describe(
    'what to write beside result.json: html (report.html), junit (junit.xml), markdown (summary.md), csv (leases.csv)',
  );

/** What JUnit readers make of a check that can't tell: passed over by default, or as bad as one that does not hold. */
export const INCONCLUSIVE_AS = ['skip', 'fail'] as const;
export type InconclusiveAs = (typeof INCONCLUSIVE_AS)[number];
