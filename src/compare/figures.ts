import { FINDING_KINDS, type FindingList } from '../results/audit.js';
import type { CaseResult } from '../results/case.js';
import { WHOLES, type Compared, type PhaseChoice } from '../results/registry/figure.js';
import { FIGURES, numberAt, valueOf, type Figure } from '../results/registry/figures.js';
import type { PhaseResult } from '../results/phase.js';
import type { Result } from '../results/result.js';
import { isFirstOfItsName, phaseLabel } from '../report/words/phase-label.js';
import type { FigureComparison } from './comparison.js';
import { isSourceWhole } from '../results/source-whole.js';
import { ANSWERED, RATE, toleranceOf, type Tolerance, type Tolerances } from './tolerances.js';

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

type Own = Omit<ComparedFigure, 'case' | 'phase'>;

/**
 * Every compared figure of a run, with conformance first in each case. All runs of a scenario have the same figures.
 */
export function comparedFigures(result: Result, tolerances: Tolerances): ComparedFigure[] {
  // An audit beside half a journal finds rows that no client seems to have been told of.
  const isWhole = isSourceWhole(result);
  const auditOf = (audit: Audit) => auditCounts(isWhole ? audit : null);
  const ofRun = auditOf(result.audit).map((own) => ({ case: '', phase: '', ...own }));
  const ofCases = result.cases.flatMap((one) => [
    ...caseFigures(one, auditOf(one.audit), givesBack(result), tolerances).map((own) => ({
      case: one.name,
      phase: '',
      ...own,
    })),
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
  audit: readonly Own[],
  areGivenBack: boolean,
  tolerances: Tolerances,
): Own[] {
  const { achievedPerServer: achieved = null, offeredPerServer: offered = null } = one.exchanges ?? {};
  return [
    ...violationsOf('case', one),
    ...audit,
    ...comparedOf('case', undefined, one, { ...one, requests: null }, tolerances, (unless) =>
      unless === 'clients give leases back' ? areGivenBack : false,
    ),
    share('rate', achieved, offered, toleranceOf(RATE, tolerances)),
  ];
}

/** The figures that count violations. No one more is allowed. */
function violationsOf(of: Figure['of'], place: object): Own[] {
  return FIGURES.filter((figure) => figure.of === of && figure.violation === 'everywhere').map((figure) =>
    mustNotBe(figure.name, valueOf(figure, place)),
  );
}

/** Every figure that the registry compares in such a place. */
function comparedOf(
  of: Figure['of'],
  choice: PhaseChoice | undefined,
  place: object,
  wholes: Readonly<Record<string, unknown>>,
  tolerances: Tolerances,
  isChance: (unless: Compared['unless']) => boolean = () => false,
): Own[] {
  return FIGURES.filter((figure) => figure.of === of).flatMap((figure) =>
    (figure.compared ?? [])
      .filter((compared) => compared.in === choice && !isChance(compared.unless))
      .map((compared): Own => {
        const { path, atLeast } = compared.onlyWith ?? { path: '', atLeast: 0 };
        const isEnough = compared.onlyWith === undefined || (numberAt(place, path) ?? 0) >= atLeast;
        const value = isEnough ? valueOf(figure, place) : null;
        const tolerance = toleranceOf(compared.tolerance, tolerances);
        if (compared.asPercentOf !== undefined) {
          const of = wholes[WHOLES[compared.asPercentOf]];
          return share(figure.name, value, typeof of === 'number' ? of : null, tolerance);
        }
        const unit = figure.unit === 'ms' ? 'ms' : 'percent';
        return { figure: figure.name, unit, worse: compared.worse, tolerance, value };
      }),
  );
}

type Audit = Pick<FindingList, 'counts'> | null | undefined;

/** The counts of audit findings of every kind. The result leaves out a kind without findings, so it counts as 0. */
function auditCounts(audit: Audit): Own[] {
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
  phase: PhaseResult,
  { isFirst, givenOn }: { isFirst: boolean; givenOn: boolean },
  tolerances: Tolerances,
): Own[] {
  const { firstAttempt, allAttempts, committing } = phase;
  const compared = (choice: PhaseChoice) =>
    comparedOf('phase', choice, phase, { requests: firstAttempt.requests }, tolerances);
  if (!committing) return isFirst ? compared('first') : [];
  return [
    ...(givenOn ? [] : [mustNotBe('allAttempts.duplicateLeases', allAttempts?.duplicateLeases ?? null)]),
    ...violationsOf('phase', phase),
    ...compared('committing'),
  ];
}

/** The figures of a message and its answer, which do not depend on lease types. */
function messageFigures(phase: PhaseResult, tolerances: Tolerances): Own[] {
  const requests = phase.allAttempts?.requests ?? null;
  return [
    share('answered', answeredOf(phase.outcomes, requests), requests, toleranceOf(ANSWERED, tolerances)),
    ...comparedOf('phase', 'message', phase, { requests }, tolerances),
  ];
}

function mustNotBe(figure: string, value: number | null): Own {
  return { figure, unit: 'count', worse: 'more', tolerance: { kind: 'none' }, value };
}

/** A count or a rate, as a percentage of `of`. */
function share(figure: string, count: number | null, of: number | null, tolerance: Tolerance): Own {
  const value = count === null || of === null || of === 0 ? null : (100 * count) / of;
  return { figure, unit: 'percent', worse: 'less', tolerance, value };
}

/** The number of transactions answered in time, with any answer. An answer that can't be decoded does not count. */
function answeredOf(
  { timeout, late, malformed }: PhaseResult['outcomes'],
  requests: number | null,
): number | null {
  if (requests === null || timeout === null || late === null) return null;
  return requests - timeout - late - (malformed ?? 0);
}
