import { clusterPages } from './cluster-pages.js';
import { comparisonPages } from './comparison-pages.js';
import { exchangePages } from './exchange-pages.js';
import { listingPages } from './listing-pages.js';
import type { PagesByName } from './made-page.js';
import { runPages } from './run-pages.js';
import { suitePages } from './suite-pages.js';
import { trendPages } from './trend-pages.js';

/**
 * Every source file that makes a kind of page, with pages that show all that this kind can show. A test compares the files with
 * the source, and the sections and looks of the pages with those that there are.
 */
export const EVERY_PAGE: Readonly<Record<string, () => PagesByName>> = {
  'report/html/page.ts': runPages,
  'suite/html/suite-page.ts': suitePages,
  'history/html/trend-page.ts': trendPages,
  'history/listing/listing-page.ts': listingPages,
  'compare/html/comparison-page.ts': comparisonPages,
  'report/html/exchanges/timeline-page.ts': exchangePages,
  'report/html/cluster/check-page.ts': clusterPages,
};
