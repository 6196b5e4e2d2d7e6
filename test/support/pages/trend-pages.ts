import { groupsOf } from '../../../src/history/groups.js';
import { trendPage } from '../../../src/history/html/trend-page.js';
import { foundRun, manyCases, runWithout } from '../../../src/history/trend.test-support.js';
import { LONG, type PagesByName } from './made-page.js';

/** Pages of histories: red, with a changed version, a lapsed series and a directory that was passed over; and empty. */
export function trendPages(): PagesByName {
  const runs = [
    foundRun({ day: 1, scenario: 'lapsed', verdict: 'fail', quick: true }),
    foundRun({ day: 11 }),
    foundRun({ day: 12, kea: '2.6.3', verdict: 'inconclusive' }),
    foundRun({ day: 13, kea: '2.6.3', verdict: 'fail' }),
    runWithout({ day: 14 }, 'skipped'),
    foundRun({ day: 14, scenario: LONG, effective: { seed: LONG } }),
  ];
  const passedOver = [{ path: `/reports/${LONG}`, why: 'it has no result.json' }];
  return {
    trend: trendPage({ schemaVersion: 1, searchedRates: 0, groups: groupsOf(runs), passedOver }, 'made up'),
    'long-trend': longTrendPage(),
    'empty-trend': trendPage({ schemaVersion: 1, searchedRates: 0, groups: [], passedOver: [] }, 'made up'),
  };
}

export const LONG_HISTORY = 1_000;

/** Of a long history with five cases, in which some runs could not be made, and one of the oldest is red. */
export function longTrendPage(): string {
  const runs = Array.from({ length: LONG_HISTORY }, (_, day) =>
    day > LONG_HISTORY - 9 && day % 2 === 0
      ? runWithout({ day: day + 1 }, 'could not be run')
      : manyCases(foundRun({ day: day + 1, ...(day === 7 ? { verdict: 'fail' } : {}) }), 5, day),
  );
  return trendPage({ schemaVersion: 1, searchedRates: 0, groups: groupsOf(runs), passedOver: [] }, 'made up');
}
