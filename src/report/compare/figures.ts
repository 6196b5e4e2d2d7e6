import { FINDING_KINDS, type FindingList } from '../../analysis/audit/model.js';
import { isFirstOfItsName, phaseLabel, type PhaseResult } from '../phase-label.js';
import type { CaseResult, Result } from '../result.js';
import type { FigureComparison } from './model.js';
import type { Tolerances } from './tolerances.js';

/** A figure that is compared, with its tolerance. */
export interface ComparedFigure {
  /** Empty for a figure of the whole run. */
  case: string;
  /** Empty for a figure of the case. Includes the lease type if one message of the case leases two types. */
  phase: string;
  /** The name of the figure, as in `result.json`. */
  figure: string;
  unit: FigureComparison['unit'];
  /** Which direction is worse. `either`: every change is worse. */
  worse: FigureComparison['worse'];
  tolerance: Tolerance;
  /** Null if the run lacks what the figure is measured by. */
  value: number | null;
}

/**
 * How much a figure may get worse.
 *
 * - `none`: not at all; the figure counts violations
 * - `points`: by percentage points
 * - `share`: by a percentage of the baseline, or by `atLeast` if that is more
 */
export type Tolerance =
  | { readonly kind: 'none' }
  | { readonly kind: 'points'; readonly points: number }
  | { readonly kind: 'share'; readonly percent: number; readonly atLeast: number };

type Own = Omit<ComparedFigure, 'case' | 'phase'>;

/**
 * Every compared figure of a run, with conformance first in each case. All runs of a scenario have the same figures.
 */
export function comparedFigures(result: Result, tolerances: Tolerances): ComparedFigure[] {
  const ofRun = auditCounts(result.audit).map((own) => ({ case: '', phase: '', ...own }));
  const ofCases = result.cases.flatMap((one) => [
    ...caseFigures(one, givesBack(result), tolerances).map((own) => ({ case: one.name, phase: '', ...own })),
    ...one.phases.flatMap((phase, index, phases) => {
      const about = { isFirst: phase.name === phases[0]?.name, givenOn: givesOn(result, one) };
      const leases = leaseFigures(phase, about, tolerances).map((own) => ({
        case: one.name,
        phase: phaseLabel(one, phase),
        ...own,
      }));
      if (!isFirstOfItsName(phase, index, phases)) return leases;
      const message = messageFigures(phase, tolerances).map((own) => ({
        case: one.name,
        phase: phase.name,
        ...own,
      }));
      return [...leases, ...message];
    }),
  ]);
  return [...ofRun, ...ofCases];
}

function caseFigures(
  one: CaseResult,
  areGivenBack: boolean,
  { clientsWithLeasePercent, ratePercent }: Tolerances,
): Own[] {
  const { achievedPerServer: achieved = null, offeredPerServer: offered = null } = one.exchanges ?? {};
  return [
    mustNotBe('heldConcurrently', one.heldConcurrently),
    mustNotBe('overlappingLeases', one.overlappingLeases),
    mustNotBe('declines.reused', one.declines?.reused ?? null),
    mustNotBe('renewals.notKept', one.renewals?.notKept ?? null),
    ...auditCounts(one.audit),
    // Not compared if clients give leases back: which clients are without a lease at the end is chance then.
    ...(areGivenBack
      ? []
      : [share('clientsWithLease', one.clientsWithLease, one.clients, clientsWithLeasePercent)]),
    // As a share of the planned rate, not in starts a second: the duration of random starts is chance.
    share('rate', achieved, offered, ratePercent),
  ];
}

/** The counts of audit findings of every kind. The result leaves out a kind without findings, so it counts as 0. */
function auditCounts(audit: Pick<FindingList, 'counts'> | null | undefined): Own[] {
  return FINDING_KINDS.map((kind) => mustNotBe(`audit.${kind}`, audit ? (audit.counts[kind] ?? 0) : null));
}

/** Whether clients end their leases themselves, at random times. */
function givesBack({ scenario: { effective } }: Result): boolean {
  const { life } = (effective['load'] ?? {}) as { life?: Readonly<Record<string, unknown>> };
  return ['releasePerServer', 'declinePerServer', 'leavePerServer'].some((act) => life?.[act] !== undefined);
}

/** Whether a lease can go to another client during the run: it runs out, or its client gives it back. */
function givesOn({ scenario: { effective } }: Result, { phases }: CaseResult): boolean {
  const kea = effective['kea'] as { validLifetime?: unknown } | undefined;
  return kea?.validLifetime !== undefined || phases.some(({ name }) => /^(RELEASE|DECLINE)/.test(name));
}

function leaseFigures(
  { committing: commits, firstAttempt, allAttempts, ...phase }: PhaseResult,
  { isFirst, givenOn }: { isFirst: boolean; givenOn: boolean },
  { firstPhase, committing }: Tolerances,
): Own[] {
  const responses = (points: number) =>
    share('responses', firstAttempt.responses, firstAttempt.requests, points);
  if (commits) {
    return [
      ...(givenOn ? [] : [mustNotBe('allAttempts.duplicateLeases', allAttempts?.duplicateLeases ?? null)]),
      mustNotBe('wrongClientLeases', phase.wrongClientLeases),
      mustNotBe('wrongServerLeases', phase.wrongServerLeases ?? null),
      mustNotBe('secondLeases', phase.secondLeases ?? null),
      responses(committing.responsesPercent),
    ];
  }
  if (!isFirst) return [];
  return [
    asBefore('duplicatePercent', firstAttempt.duplicatePercent, firstPhase.duplicatePercent),
    asBefore('appearancePercent', firstAttempt.appearancePercent, firstPhase.appearancePercent),
    responses(firstPhase.responsesPercent),
  ];
}

/** The figures of a message and its answer, which do not depend on lease types. */
function messageFigures({ allAttempts, outcomes, latencyMs }: PhaseResult, tolerances: Tolerances): Own[] {
  const requests = allAttempts?.requests ?? null;
  return [
    share('answered', answeredOf(outcomes, requests), requests, tolerances.answeredPercent),
    ...(['p50', 'p90', 'p99'] as const).map((rank): Own => {
      const { percent, ms } = tolerances.latency[rank];
      return {
        figure: `latency.${rank}`,
        unit: 'ms',
        worse: 'more',
        tolerance: { kind: 'share', percent, atLeast: ms },
        value: latencyMs?.[rank] ?? null,
      };
    }),
  ];
}

function mustNotBe(figure: string, value: number | null): Own {
  return { figure, unit: 'count', worse: 'more', tolerance: { kind: 'none' }, value };
}

function asBefore(figure: string, value: number | null, points: number): Own {
  return { figure, unit: 'percent', worse: 'either', tolerance: { kind: 'points', points }, value };
}

/** A count or a rate, as a percentage of `of`. */
function share(figure: string, count: number | null, of: number | null, points: number): Own {
  const value = count === null || of === null || of === 0 ? null : (100 * count) / of;
  return { figure, unit: 'percent', worse: 'less', tolerance: { kind: 'points', points }, value };
}

/** The number of transactions answered in time, with any answer. An answer that can't be decoded does not count. */
function answeredOf(
  { timeout, late, malformed }: PhaseResult['outcomes'],
  requests: number | null,
): number | null {
  if (requests === null || timeout === null || late === null) return null;
  return requests - timeout - late - (malformed ?? 0);
}
