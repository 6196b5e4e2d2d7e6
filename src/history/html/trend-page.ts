import type { Trend, TrendGroup } from '../trend-schema.js';
import { htmlDocument } from '../../report/html/document.js';
import { overview, trendHeader } from './overview.js';
import { passedOver } from './passed-over.js';
import { nights } from './nights.js';
import { groupIds, isRed } from './parts.js';
import { ENOUGH_FOR_CHARTS, series, SHORT_SERIES, shortSeries } from './series.js';

/** About how many rows of runs the document has without scripts. All of a long history would be megabytes. */
const ROWS = 100;
/** With more series, none has a calendar of its own. The charts and the calendar of all say how its nights ended. */
const CALENDARS_UP_TO = 20;

/**
 * The page of the history of runs.
 *
 * @param generator the program that makes the page, with its version
 */
export function trendPage(trend: Trend, generator: string): string {
  const red = trend.groups.filter(isRed);
  const rest = trend.groups.filter((group) => !red.includes(group));
  const groups = [...red, ...rest.filter(({ lapsed }) => !lapsed), ...rest.filter(({ lapsed }) => lapsed)];
  // A red series has a section of its own, however few its runs are.
  const isShort = (group: TrendGroup) => group.runs.length < ENOUGH_FOR_CHARTS && !isRed(group);
  const [short, whole] = [groups.filter(isShort), groups.filter((group) => !isShort(group))];
  const ids = new Map([...groupIds(whole), ...short.map((group) => [group, SHORT_SERIES] as const)]);
  const rows = Math.floor(ROWS / (whole.length + (short.length > 0 ? 1 : 0)));
  return htmlDocument({
    title: red.length === 0 ? 'Trend' : 'RED Trend',
    generator,
    head: trendHeader(trend),
    sections: [
      nights(groups),
      overview(groups, ids),
      ...whole.map((group) =>
        series(group, ids.get(group) ?? '', { rows, calendar: whole.length <= CALENDARS_UP_TO }),
      ),
      shortSeries(short, rows),
      passedOver(trend),
    ].filter((one) => one !== undefined),
  });
}
