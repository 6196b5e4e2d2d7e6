import { v4 } from '../judgement/synthetic.test-support.js';
import { dhcp4AsPublished, FACTS, resultOf } from '../report/report.test-support.js';
import type { Result } from '../results/result.js';
import type { SuiteMember } from './headline.js';
import type { Suite } from '../report/suite-result.js';

/** The result of a negative control. It holds if `found`. */
export function controlResult(found = true): Result {
  const run = dhcp4AsPublished();
  if (found) run.ask(0, 1, { attempt: 2 }).give(v4(5001));
  return resultOf([run], {
    facts: { scenario: { ...FACTS.scenario, name: 'control', expect: 'fail', published: undefined } },
  });
}

export function memberOf(result: Result, name = result.scenario.name): SuiteMember {
  const directory = name;
  const run = { name, scenario: result.scenario.name, directory, verdict: result.verdict };
  const { outcome, exitCode } = result;
  return { run: { ...run, outcome, exitCode }, result, link: `${directory}/report.html` };
}

/** A run that could not be made. */
export function memberWithout(
  outcome: 'skipped' | 'could not be run',
  failure: NonNullable<Suite['runs'][number]['failure']>,
): SuiteMember {
  const run = { name: 'percona', scenario: 'percona', directory: 'percona', verdict: null };
  return {
    run: { ...run, outcome, exitCode: outcome === 'skipped' ? 0 : 69, failure },
    result: undefined,
    link: undefined,
  };
}

export function suiteOfMembers(members: readonly SuiteMember[], exitCode = 0): Suite {
  return {
    schemaVersion: 1,
    name: 'all',
    startedAt: '2026-11-23T01:00:00.000Z',
    finishedAt: '2026-11-23T01:03:20.000Z',
    exitCode,
    runs: members.map(({ run }) => run),
    tables: [
      {
        suite: 'all',
        columns: members.map(({ run }) => run.name),
        rows: [
          {
            case: 'dhcp4',
            phase: 'REQUEST-ACK',
            figure: 'p99',
            unit: 'ms',
            values: members.map((_, i) => (i === 0 ? 1.25 : null)),
          },
        ],
      },
    ],
  };
}
