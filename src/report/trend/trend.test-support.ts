import { dhcp4AsPublished, FACTS, resultOf } from '../report.test-support.js';
import { outcomeAndCode } from '../outcome.js';
import type { FoundRun } from './groups.js';
import type { LeanResult } from './lean-result.js';

const RESULT = resultOf([dhcp4AsPublished()]);

interface Made {
  /** The n-th day. */
  day: number;
  scenario?: string;
  verdict?: LeanResult['verdict'];
  reproduction?: LeanResult['reproduction'];
  /** Makes it a negative control. */
  expected?: LeanResult['expectedVerdict'];
  kea?: string;
  quick?: boolean;
  /** Over what the scenario says. */
  effective?: Record<string, unknown>;
}

/** A result of a certain day, judged as it is wanted; its figures are always the same. */
export function resultOfDay({
  day,
  scenario = 'galera',
  verdict = 'pass',
  reproduction = null,
  expected = 'pass',
  kea = '2.2.0',
  quick = false,
  effective = {},
}: Made): typeof RESULT {
  const startedAt = new Date(Date.UTC(2026, 0, day, 3));
  const { environment } = FACTS;
  const made = {
    ...RESULT,
    scenario: {
      ...RESULT.scenario,
      name: scenario,
      effective: { ...RESULT.scenario.effective, name: scenario, ...effective },
      argv: ['run', scenario, ...(quick ? ['--quick'] : [])],
    },
    startedAt: startedAt.toISOString(),
    finishedAt: new Date(startedAt.getTime() + 30_000).toISOString(),
    verdict,
    reproduction,
    expectedVerdict: expected,
    environment: { ...environment, kea: { ...environment.kea, version: kea } },
    checks: RESULT.checks.map((check, index) => (index === 0 ? { ...check, verdict } : check)),
  };
  return { ...made, ...outcomeAndCode(made) };
}

export function foundRun(made: Made): FoundRun {
  const result = resultOfDay(made);
  const directory = `/reports/${result.scenario.name}/${result.startedAt ?? ''}`;
  return {
    directory,
    link: `${encodeURIComponent(directory)}/report.html`,
    scenario: result.scenario.name,
    startedAt: result.startedAt ?? '',
    outcome: result.outcome,
    told: result,
    result,
    why: '',
  };
}

/** One that could not be made. */
export function runWithout(
  { day, scenario = 'galera' }: Pick<Made, 'day' | 'scenario'>,
  outcome: 'skipped' | 'could not be run',
): FoundRun {
  const made = foundRun({ day, scenario });
  return { ...made, outcome, told: undefined, result: undefined, why: 'PREREQUISITE: <missing>' };
}
