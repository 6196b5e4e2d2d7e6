import { compare, PASSING, withRate } from '../../../src/compare/compare.test-support.js';
import type { Trial } from '../../../src/report/limit-schema.js';
import type { Suite } from '../../../src/report/suite-result.js';
import type { SuiteMember } from '../../../src/suite/headline.js';
import { suitePage } from '../../../src/suite/html/suite-page.js';
import {
  controlResult,
  memberOf,
  memberWithout,
  suiteOfMembers,
} from '../../../src/suite/suite.test-support.js';
import { LONG, type PagesByName } from './made-page.js';

/** Pages of suites: with a baseline, over names, over a number, over rates, and with a row for each run. */
export function suitePages(): PagesByName {
  return {
    suite: mixed(),
    'suite-over-names': pageOver(['2.6.3', `3.0 ${LONG}`]),
    'suite-over-a-number': pageOver(['0', '1', '4']),
    'suite-over-rates': overRates(),
    'suite-of-rows': ofRows(),
  };
}

const MISSING = { code: 'PREREQUISITE', message: `no ${LONG}`, hint: 'name one' };

function mixed(): string {
  const members = [
    memberOf(PASSING),
    memberOf(controlResult(), 'control'),
    memberOf(controlResult(false), `not-held-${LONG}`),
    memberWithout('skipped', MISSING),
    memberWithout('could not be run', MISSING),
  ];
  const worse = { ...PASSING, cases: PASSING.cases.map((one) => ({ ...one, heldConcurrently: 2 })) };
  const comparisons = [compare(worse, PASSING)];
  const notes = ['other has no result'];
  return suitePage(suiteOfMembers(members, 69), members, 'made up', {
    ...{ schemaVersion: 1, exitCode: 3, comparisons, notes },
  });
}

/** Each run has more cases than curves have looks. */
function pageOver(names: readonly string[]): string {
  const cases = PASSING.cases.flatMap((one) =>
    ['dhcp4', LONG, 'c', 'd', 'e', 'f'].map((name) => ({ ...one, name })),
  );
  const members = names.map((name) => memberOf({ ...PASSING, cases }, name));
  return suitePage(suiteOfMembers(members), members, 'made up');
}

function overRates(): string {
  const members = ['10', '50', '100'].map((name) => ratedMember(Number(name), name));
  const last = members[2];
  if (last !== undefined) members[2] = notToldFor(last);
  const trial = (ratePerServer: number, outcome: Trial['outcome']): Trial => ({
    ...{ ratePerServer, run: String(ratePerServer), outcome, withoutTimelyAnswerPercent: 1 },
    ...{ why: 'so', short: [], violations: [] },
  });
  const limit: Suite['limit'] = {
    ...{ cases: ['dhcp4'], serversPerCase: 3, arrival: 'poisson', seconds: 5 },
    ...{ maxWithoutTimelyAnswerPercent: 2.5, highestPerServer: 50, nextPerServer: 100 },
    answer: ['dhcp4 answers so'],
    trials: [trial(10, 'held'), trial(50, 'held'), trial(100, 'not driven')],
  };
  return suitePage({ ...suiteOfMembers(members), limit }, members, 'made up');
}

/** The run of a machine that was busy, which can't tell. */
function notToldFor({ run, result, link }: SuiteMember): SuiteMember {
  const machine = {
    ...{ cpus: 2, busyPercent: 100, peakBusyPercent: 100, stolenPercent: 0 },
    ...{ otherPercent: 78, usedUpPercent: 100, before: null },
  };
  const memory = { peakMiB: 1, judgedPeakMiB: null, growthPercent: null, series: [] };
  const resources = { fromUs: 0, toUs: 1, machine, processes: [], eventLoopPercent: 1, memory };
  return {
    link,
    run: { ...run, outcome: 'inconclusive' },
    result: result && { ...result, outcome: 'inconclusive', resources },
  };
}

function ratedMember(rate: number, name: string): SuiteMember {
  const result = withRate(PASSING, rate);
  const cases = result.cases.map((one) => ({
    ...one,
    exchanges: one.exchanges && { ...one.exchanges, offeredPerServer: rate },
  }));
  return memberOf({ ...result, cases }, name);
}

function ofRows(): string {
  const members = [memberOf(PASSING, 'one'), memberOf(PASSING, 'other')];
  const suite = suiteOfMembers(members);
  const tables = suite.tables.map((one) => ({ ...one, runsAreRows: true }));
  return suitePage({ ...suite, tables }, members, 'made up');
}
