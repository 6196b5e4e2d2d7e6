import { trendPage } from '../html/trend-page.js';
import { groupsOf } from '../groups.js';
import type { Trend } from '../trend-schema.js';
import { TOOL } from '../../tool.js';
import { replaceOwnPage } from '../../store/own-page.js';
import { readHistory, searchedRates } from './read-history.js';

/**
 * The history of the runs below a directory.
 * Errors: SOURCE where the directory can't be read.
 *
 * @param page where the history's page will be, for the links on it
 */
export function trendOf(directory: string, page: string): Trend {
  const { runs, suites, passedOver } = readHistory(directory, page);
  return { schemaVersion: 1, groups: groupsOf(runs), searchedRates: searchedRates(suites), passedOver };
}

/** Errors: STORAGE. */
export function writeTrendPage(page: string, trend: Trend): void {
  replaceOwnPage(page, trendPage(trend, `${TOOL.name} ${TOOL.version}`));
}
