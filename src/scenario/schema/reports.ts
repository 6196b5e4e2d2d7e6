import { z } from 'zod';
import { DEFAULT_REPORTS, REPORT_FORMATS } from '../report-names.js';

/** `reports`: what to write beside `result.json`. */
export const reports = z
  .array(z.enum(REPORT_FORMATS))
  .default([...DEFAULT_REPORTS])
  .describe(
    'what to write beside result.json: html (report.html), timeline (timeline.html and its files), junit (junit.xml), markdown (summary.md), csv (leases.csv)',
  );
