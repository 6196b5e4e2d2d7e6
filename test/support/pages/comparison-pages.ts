import { caseOf, changed, compare, PASSING } from '../../../src/compare/compare.test-support.js';
import type { Comparison } from '../../../src/compare/comparison.js';
import { comparisonPage } from '../../../src/compare/html/comparison-page.js';
import { LONG, type PagesByName } from './made-page.js';

const latencies = (p50: number, p99: number) => ({
  ...{ p50, p90: p50, p99, max: p99 },
  ...{ answered: 356, timeouts: 0 },
});

/** Slower, with another version, and with two leases that two clients held. */
const broken = changed((result, _, second) => {
  second.latencyMs = latencies(40, 130);
  caseOf(result).heldConcurrently = 2;
  if (result.environment) result.environment.kea.version = LONG;
});

/** Pages of comparisons: of a run that got worse, of several runs with one that did not change, and of a suite. */
export function comparisonPages(): PagesByName {
  const worse = compare([PASSING, broken, broken], [PASSING, PASSING]);
  worse.run.directories = ['/runs/a'];
  return {
    comparison: pageOf([worse]),
    'comparison-of-equals': pageOf([compare(PASSING, PASSING)]),
    'comparison-of-suites': pageOf(
      [{ ...compare(broken, PASSING), name: LONG }, compare(PASSING, PASSING)],
      ['third has no baseline'],
    ),
  };
}

function pageOf(comparisons: Comparison[], notes: string[] = []): string {
  const links: Readonly<Record<string, string>> = { '/runs/a': '../a/report.html' };
  return comparisonPage(
    { schemaVersion: 1, exitCode: 3, comparisons, notes },
    (directory) => links[directory],
    'made up',
  );
}
