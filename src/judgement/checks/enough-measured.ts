import { number, outOf, percentBeside, secondsOf, shown } from '../../numbers.js';
import type { Evidence, OfferedLoad } from '../../evidence/evidence.js';
import type { Scenario } from '../../scenario/schema.js';
import type { CaseFigures } from '../../results/case.js';
import type { Check } from '../../results/check.js';
import type { CheckName } from '../../results/check-names.js';
import { achievedPercent } from './exchanges.js';
import { RENEWING_PHASES } from '../../protocol/phases.js';
import { explainedBy, type Explained, type Silence } from '../machine/silences.js';
import { socketChecks } from '../machine/sockets.js';

/** Checks whether the run can tell at all. A check that doesn't hold makes the run inconclusive, never failed. */
export function soundnessChecks(
  cases: readonly CaseFigures[],
  evidence: Evidence,
  { limits }: Pick<Scenario, 'limits'>,
  silencesIn: (caseName: string) => readonly Silence[],
): Check[] {
  // Faults leave requests unanswered, and servers that can't reach their node let their sockets overflow.
  const hasFaults = evidence.faults !== undefined;
  return [
    interrupted(evidence),
    endedEarly(evidence),
    ...socketChecks(evidence, limits, { onlyHarness: hasFaults }),
    ...cases.flatMap((figures) => [
      ...(hasFaults
        ? []
        : [
            answered(figures, limits, silencesIn(figures.name)),
            ...renewalsAnswered(figures, limits, evidence.offered),
          ]),
      ...rate(figures, evidence.offered, limits),
      lateness(figures, limits),
      ...(hasFaults ? [] : acts(figures.name, evidence, limits)),
    ]),
  ];
}

/** Whether a soundness check that concerns this case, or the whole run, does not hold. */
export function isUnsound(checks: readonly Check[], caseName: string): boolean {
  return checks.some(
    (check) => check.verdict === 'inconclusive' && (check.case === '' || check.case === caseName),
  );
}

function check(name: CheckName, caseName: string, holds: boolean, expected: string, actual: string): Check {
  return { name, case: caseName, phase: '', expected, actual, verdict: holds ? 'pass' : 'inconclusive' };
}

function interrupted({ interruptedBy }: Evidence): Check {
  const actual = interruptedBy === null ? 'it did' : `interrupted by ${interruptedBy}`;
  return check('run.interrupted', '', interruptedBy === null, 'the run ends by itself', actual);
}

function endedEarly({ endedEarly: early }: Evidence): Check {
  const actual = early === null ? 'it was' : `ended early: ${early.message} (${early.code})`;
  return check('run.endedEarly', '', early === null, 'the whole load is driven', actual);
}

/**
 * Checks how many messages got an answer with which clients asked for the lease that they hold. A server may stay silent about
 * a lease that it does not know (RFC 2131 section 4.3.2), so silence shows nothing about leases that were lost. In a recording by
 * others, a client may ask for a lease of elsewhere, and silence is right then.
 */
function renewalsAnswered(
  { name, phases }: CaseFigures,
  { minAnsweredPercent }: Scenario['limits'],
  offered: readonly OfferedLoad[],
): Check[] {
  if (!offered.some((one) => one.case === name)) return [];
  return phases.flatMap((phase, index): Check[] => {
    const { requests } = phase.allAttempts;
    const isRepeated = phases.findIndex((one) => one.name === phase.name) < index;
    if (!RENEWING_PHASES.has(phase.name) || isRepeated || requests === 0) return [];
    const answers = requests - phase.outcomes.timeout;
    const percent = (100 * answers) / requests;
    const row = check(
      'load.answered',
      name,
      percent >= minAnsweredPercent,
      `at least ${minAnsweredPercent}% answered`,
      `${outOf(answers, requests)} answered (${percentBeside(percent, minAnsweredPercent)})`,
    );
    return [{ ...row, phase: phase.name }];
  });
}

/**
 * Checks how many of the first phase's transactions, over all attempts, got an answer.
 *
 * @param silences some of them count as an answer, or have a known cause
 */
function answered(
  { name, phases }: CaseFigures,
  { minAnsweredPercent }: Scenario['limits'],
  silences: readonly Silence[],
): Check {
  // A recording by others may hold nothing but renewals.
  const first = phases.find(({ allAttempts }) => allAttempts.requests > 0) ?? phases[0];
  const requests = first?.allAttempts.requests ?? 0;
  const answers = requests - (first?.outcomes.timeout ?? 0);
  const explained = explainedBy(silences, phases).filter(({ kind }) => kind.leavesNothingOpen);
  const silent = explained.reduce((sum, { unanswered }) => sum + unanswered, 0);
  const percent = requests === 0 ? 0 : (100 * (answers + silent)) / requests;
  const beside = explained.map(({ kind, unanswered }) => ` and ${number(unanswered)} ${kind.words}`).join('');
  const row = check(
    'load.answered',
    name,
    requests > 0 && percent >= minAnsweredPercent,
    `at least ${minAnsweredPercent}% answered`,
    `${outOf(answers, requests)} answered${beside} (${percentBeside(percent, minAnsweredPercent)})`,
  );
  return { ...row, phase: first?.name ?? '', ...(row.verdict === 'pass' ? knownOf(name, explained) : {}) };
}

/** The known cause of a silence that leaves nothing open and that the scenario did not plan. */
function knownOf(caseName: string, explained: readonly Explained[]): Pick<Check, 'known'> {
  const [known] = explained.flatMap(({ cause, kind: { shortage }, unanswered, said }) =>
    cause === null || shortage === undefined
      ? []
      : [{ cause, text: shortage.found(caseName, unanswered, said) }],
  );
  return known === undefined ? {} : { known };
}

function rate(figures: CaseFigures, offered: readonly OfferedLoad[], limits: Scenario['limits']): Check[] {
  const planned = offered.find((one) => one.case === figures.name);
  const percent = achievedPercent(figures, offered, limits);
  if (planned === undefined || percent === null) return [];
  const { starts, durationUs } = figures.schedule;
  return [
    check(
      'load.rate',
      figures.name,
      percent >= limits.minRatePercent,
      `at least ${limits.minRatePercent}% of ${number(planned.plannedStarts)} starts in ${secondsOf(planned.plannedDurationUs)}`,
      `${number(starts)} starts in ${secondsOf(durationUs)} (${percentBeside(percent, limits.minRatePercent)})`,
    ),
  ];
}

function lateness({ name, schedule }: CaseFigures, { maxStartLatenessMs }: Scenario['limits']): Check {
  const { latenessP99Ms } = schedule;
  const isSameSide = (shown: number) =>
    shown <= maxStartLatenessMs === (latenessP99Ms ?? 0) <= maxStartLatenessMs;
  return check(
    'load.lateness',
    name,
    latenessP99Ms !== null && latenessP99Ms <= maxStartLatenessMs,
    `99% of the starts within ${number(maxStartLatenessMs)} ms of the schedule`,
    latenessP99Ms === null ? 'no starts' : `99% within ${shown(latenessP99Ms, 'ms', isSameSide)} ms`,
  );
}

/** Checks that enough clients had a lease when they were due to do something with it. */
function acts(name: string, evidence: Evidence, { minActsPercent }: Scenario['limits']): Check[] {
  const its = (evidence.acts ?? []).filter((one) => one.case === name);
  const due = its.reduce((sum, one) => sum + one.due, 0);
  if (due === 0) return [];
  const made = due - its.reduce((sum, one) => sum + one.missed, 0);
  const percent = (100 * made) / due;
  return [
    check(
      'load.acts',
      name,
      percent >= minActsPercent,
      `at least ${minActsPercent}% of the renewals, releases and other acts that were due`,
      `${outOf(made, due)} acts were made (${percentBeside(percent, minActsPercent)})`,
    ),
  ];
}
