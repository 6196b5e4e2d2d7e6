/** The formats of a run's report. Each is a file in the run directory. */
export const REPORT_FORMATS = ['html', 'timeline', 'junit', 'markdown', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The CSV of a long run is a large file that few people want. */
export const DEFAULT_REPORTS: readonly ReportFormat[] = ['html', 'timeline', 'junit', 'markdown'];

/** How `junit.xml` shows a check that can't tell: as skipped, which is the default, or as failed. */
export const INCONCLUSIVE_AS = ['skip', 'fail'] as const;
export type InconclusiveAs = (typeof INCONCLUSIVE_AS)[number];
