import { relative } from 'node:path';
import { groupsOf } from '../../../src/history/groups.js';
import { listingPage } from '../../../src/history/listing/listing-page.js';
import { foundRun, runWithout } from '../../../src/history/trend.test-support.js';
import type { SuiteRun } from '../../../src/report/suite-result.js';
import { suiteOf } from '../../../src/run/suites/suite.js';
import { LONG, type PagesByName } from './made-page.js';

/** Pages that list runs: of every kind, with a comparison and another page; and of nothing. */
export function listingPages(): PagesByName {
  const runs = [
    foundRun({ day: 11 }),
    foundRun({ day: 12, verdict: 'fail', seconds: -60 }),
    foundRun({ day: 13, verdict: 'inconclusive', scenario: LONG }),
    runWithout({ day: 14 }, 'skipped'),
  ];
  const directory = '/reports/galera';
  const startedAt = new Date(Date.UTC(2026, 0, 9));
  const suite = suiteOf({
    ...{ name: 'all', startedAt, tables: [], interrupted: undefined },
    runs: runs.map((run): SuiteRun => ({
      ...{ name: run.scenario, scenario: run.scenario, directory: relative(directory, run.directory) },
      ...{ verdict: run.result?.verdict ?? null, outcome: run.outcome, exitCode: 0 },
    })),
  });
  return {
    listing: listingPage(
      {
        groups: groupsOf(runs),
        suites: [{ directory, link: 'suite.html', suite }],
        comparisons: runs.slice(0, 2).map((run) => ({
          ...{ directory: run.directory, link: 'comparison.html' },
          ...{ outcome: 'regression', worst: `dhcp4 heldConcurrently 0 → 2 ${LONG}` },
        })),
        pages: [{ link: 'trend.html', title: 'History' }],
        passedOver: [{ path: `/reports/${LONG}`, why: 'it has no result.json' }],
      },
      'made up',
    ),
    'empty-listing': listingPage(
      { groups: [], suites: [], comparisons: [], pages: [], passedOver: [] },
      'made up',
    ),
  };
}
