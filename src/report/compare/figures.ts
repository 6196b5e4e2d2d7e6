import { FINDING_KINDS, type FindingList } from '../../analysis/audit/model.js';
import { isFirstOfItsName, phaseLabel, type PhaseResult } from '../phase-label.js';
import type { CaseResult, Result } from '../result.js';
import type { FigureComparison } from './model.js';
import type { Tolerances } from './tolerances.js';

/** A figure that is compared, and how. */
export interface ComparedFigure {
  /** Empty for one of the whole run. */
  case: string;
  /** Empty for one of the case; with the lease type where a case leases two at once. */
  phase: string;
  /** As `result.json` names it. */
  figure: string;
  unit: FigureComparison['unit'];
  /** Which way is worse; `either` where the same is what is wanted. */
  worse: FigureComparison['worse'];
  tolerance: Tolerance;
  /** Null where the run has nothing to measure it by. */
  value: number | null;
}

/**
 * - `none`: a count of what must not happen
 * - `points`: of a percentage
 * - `share`: in percent of the baseline, or `atLeast` where that is more
 */
export type Tolerance =
  | { readonly kind: 'none' }
  | { readonly kind: 'points'; readonly points: number }
  | { readonly kind: 'share'; readonly percent: number; readonly atLeast: number };

type Own = Omit<ComparedFigure, 'case' | 'phase'>;

/** Every compared figure of a run, conformance first in each case; the same ones for every run of a scenario. */
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
    // Who is without one at the end, because it has just given it back, is chance.
    ...(areGivenBack
      ? []
      : [share('clientsWithLease', one.clientsWithLease, one.clients, clientsWithLeasePercent)]),
    // Not in starts a second: how long random starts take is chance.
    share('rate', achieved, offered, ratePercent),
  ];
}

/** A kind of which there was nothing is left out of the result. */
function auditCounts(audit: Pick<FindingList, 'counts'> | null | undefined): Own[] {
  return FINDING_KINDS.map((kind) => mustNotBe(`audit.${kind}`, audit ? (audit.counts[kind] ?? 0) : null));
}

/** Whether clients end their leases themselves, each at random. */
function givesBack({ scenario: { effective } }: Result): boolean {
  const { life } = (effective['load'] ?? {}) as { life?: Readonly<Record<string, unknown>> };
  return ['releasePerServer', 'declinePerServer', 'leavePerServer'].some((act) => life?.[act] !== undefined);
}

/** Whether leases end during a run, so that the next client may have them: they run out, or are given back. */
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

/** Of a message and its answer, whatever leases they are about. */
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

/** A count, or a rate, as a percentage of what there was. */
function share(figure: string, count: number | null, of: number | null, points: number): Own {
  const value = count === null || of === null || of === 0 ? null : (100 * count) / of;
  return { figure, unit: 'percent', worse: 'less', tolerance: { kind: 'points', points }, value };
}

/** In time, whatever the answer said; one that can't be decoded is none. */
function answeredOf(
  { timeout, late, malformed }: PhaseResult['outcomes'],
  requests: number | null,
): number | null {
  if (requests === null || timeout === null || late === null) return null;
  return requests - timeout - late - (malformed ?? 0);
}
