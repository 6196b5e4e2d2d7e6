import type { Trend } from '../trend-schema.js';
import { htmlDocument } from '../../report/html/document.js';
import { overview, trendHeader } from './overview.js';
import { passedOver } from './passed-over.js';
import { nights } from './nights.js';
import { groupIds, isRed } from './parts.js';
import { series } from './series.js';

/**
 * The page of the history of runs.
 *
 * @param generator the program that makes the page, with its version
 */
export function trendPage(trend: Trend, generator: string): string {
  const red = trend.groups.filter(isRed);
  const rest = trend.groups.filter((group) => !red.includes(group));
  const groups = [...red, ...rest.filter(({ lapsed }) => !lapsed), ...rest.filter(({ lapsed }) => lapsed)];
  const ids = groupIds(groups);
  return htmlDocument({
    title: red.length === 0 ? 'Trend' : 'RED Trend',
    generator,
    head: trendHeader(trend),
    sections: [
      nights(groups),
      overview(groups, ids),
      ...groups.map((group) => series(group, ids.get(group) ?? '')),
      passedOver(trend),
    ].filter((one) => one !== undefined),
  });
}
