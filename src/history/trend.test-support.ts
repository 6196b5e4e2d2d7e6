import { dhcp4AsPublished, FACTS, resultOf } from '../report/report.test-support.js';
import { outcomeAndCode } from '../report/result/outcome.js';
import type { FoundRun } from './groups.js';
import type { LeanResult } from './lean-result.js';

const RESULT = resultOf([dhcp4AsPublished()]);

interface Made {
  /** The day of January 2026 on which the run starts. */
  day: number;
  scenario?: string;
  verdict?: LeanResult['verdict'];
  reproduction?: LeanResult['reproduction'];
  /** `fail` makes the run a negative control. */
  expected?: LeanResult['expectedVerdict'];
  kea?: string;
  quick?: boolean;
  /** Settings that override those of the scenario. */
  effective?: Record<string, unknown>;
  /** How long the run takes by the wall clock, in seconds. */
  seconds?: number;
}

/** A result of a certain day with the given verdicts. Its figures are always the same. */
export function resultOfDay({
  day,
  scenario = 'galera',
  verdict = 'pass',
  reproduction = null,
  expected = 'pass',
  kea = '2.2.0',
  quick = false,
  effective = {},
  seconds = 30,
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
    finishedAt: new Date(startedAt.getTime() + seconds * 1_000).toISOString(),
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
    name: `${result.scenario.name}/${result.startedAt ?? ''}`,
    link: `${encodeURIComponent(directory)}/report.html`,
    scenario: result.scenario.name,
    ownName: null,
    startedAt: result.startedAt ?? '',
    outcome: result.outcome,
    told: result,
    result,
    why: '',
  };
}

/** A run that could not be made. */
export function runWithout(
  { day, scenario = 'galera' }: Pick<Made, 'day' | 'scenario'>,
  outcome: 'skipped' | 'could not be run',
): FoundRun {
  const made = foundRun({ day, scenario });
  return { ...made, outcome, told: undefined, result: undefined, why: 'PREREQUISITE: <missing>' };
}

/** The run with several cases, whose figures differ from day to day. */
export function manyCases(run: FoundRun, cases: number, day: number): FoundRun {
  const { result } = run;
  const [one] = result?.cases ?? [];
  if (result === undefined || one === undefined) return run;
  const names = Array.from({ length: cases }, (_, index) => `${one.name}-${index}`);
  const made = names.map((name, index) => ({
    ...one,
    name,
    clientsWithLease: (one.clientsWithLease ?? 0) - ((day + index) % 7),
    phases: one.phases.map((phase) => ({
      ...phase,
      firstAttempt: {
        ...phase.firstAttempt,
        duplicatePercent: 30 + ((7 * day + index) % 60) / 10,
        appearancePercent: 90 + ((3 * day + index) % 90) / 10,
      },
      refusals: { ...phase.refusals, clients: (day * 3 + index) % 11 },
      latencyMs:
        phase.latencyMs === null ? null : { ...phase.latencyMs, p99: 10 + ((day * 11 + index) % 50) },
    })),
  }));
  const link = `${run.name}/report.html`;
  return { ...run, link, result: { ...result, cases: made } };
}
