import type { ErrorCode } from '../errors.js';
import { familyOfPhases } from '../protocol/phases.js';
import { HarnessError } from '../errors.js';
import type { Evidence } from '../evidence/evidence.js';
import type { CaseLayout, Layout, Observation } from '../observations/observation.js';
import type { Scenario } from '../scenario/schema.js';
import { accompanying } from './audit/logs-and-counters.js';
import type { Audited } from './audit/audit.js';
import { auditChecks, noAuditChecks } from './audit/checks.js';
import { statisticsChecks } from './audit/statistics.js';
import { unansweredWhereLost } from './audit/lost.js';
import type { AuditInput, NoAudit } from './audit/input.js';
import { clockChecks } from './clocks/checks.js';
import { commitChecks } from './commits/checks.js';
import type { CommitsInput } from './commits/input.js';
import type { CaseFigures, CaseJudgement } from '../results/case.js';
import type { FaultsJudgement } from '../results/faults.js';
import type { Judgement } from '../results/judgement.js';
import { identified } from './audit/identified.js';
import { casesInRun, contextOf } from './causes/contexts.js';
import { serverName } from './checks/server-name.js';
import { verdictOf, verdictsOf } from './checks/verdicts.js';
import type { CaseState } from './fold/case-state.js';
import { CaseFold } from './fold/count-case.js';
import { causesOf } from './causes/explanations.js';
import type { CauseContext } from './causes/index.js';
import { conformanceChecks } from './checks/conformance.js';
import { reservedChecks } from './checks/reserved.js';
import { exchangeFigures } from './checks/exchanges.js';
import { Gaps, type UnsureFigures } from './holdings/gaps.js';
import { pausedText } from './machine/flow-control.js';
import { Ledger } from './holdings/ledger.js';
import { PossibleFigures } from './holdings/possible/possible-figures.js';
import { faultChecks, unrecordedFaults, type CaseDuringFaults } from './faults/checks.js';
import { faultFigures } from './faults/figures.js';
import { leasesHeldByTwo, lostLeases, withLost } from './faults/leases-by-fault.js';
import { withKnownFailures } from './checks/known-failures.js';
import { memoryChecks } from './machine/memory-checks.js';
import { resourceFigures } from './machine/resources.js';
import { withWritten } from './machine/written-renewals.js';
import { withShortages } from './machine/short-resources.js';
import { transportFigures } from './machine/transport.js';
import { socketFigures } from './machine/sockets.js';
import { refusedSilently, silencesOf } from './machine/silences.js';
import { soundnessChecks } from './checks/enough-measured.js';
import { completeCheck, limitedChecks, withGaps, type SourceLimits } from './checks/source-limits.js';
import { comparePublished, experimentOf } from './reproduction/comparison.js';
import { reproductionOf, withParts } from './reproduction/reproduction.js';
import { statedChecks } from './checks/stated.js';
import { StoredLeases } from './stored-leases.js';

export interface JudgeInput {
  layout: Layout;
  /** What the verdict depends on; a `Scenario` will do. */
  scenario: Pick<Scenario, 'limits'> &
    Partial<
      Pick<
        Scenario,
        | 'checks'
        | 'expectedFigures'
        | 'knownFailures'
        | 'published'
        | 'load'
        | 'faults'
        | 'randomFaults'
        | 'kea'
        | 'external'
        | 'servers'
        | 'cluster'
      >
    >;
  evidence: Evidence;
  /** Variables of the database, as a node told them; absent where nobody asked a node. */
  databaseSettings?: CauseContext['settings'];
  /** How many witnesses of each kind are described for each case, 10,000 by default; all are counted. */
  witnessesPerKind?: number;
  /**
   * The lease tables, or the reason why they can't be audited. With such a reason the verdict is inconclusive. Absent
   * for a source without lease tables, such as another program's log: then no check concerns them.
   */
  audit?: AuditInput | NoAudit;
  /** What the nodes' binary logs say; absent where none was read. */
  commits?: CommitsInput | undefined;
  /** What the source leaves open; absent for a whole run. */
  source?: SourceLimits | undefined;
}

/**
 * Judges a run from its observations, which come in the order of time. Reads them once and keeps none of them.
 *
 * @throws HarnessError SOURCE for an observation of a case, server or client that the layout doesn't have
 */
export function judge(input: JudgeInput, observations: Iterable<Observation>): Judgement {
  const { layout, witnessesPerKind, evidence, scenario } = input;
  const { reservedClients } = scenario.kea ?? {};
  const judging = new Judging(layout, witnessesPerKind, probationOf(input), evidence, reservedClients);
  for (const observation of observations) judging.add(observation);
  return judging.judgement(input);
}

const NO_CASE: Pick<CaseLayout, 'servers'> = { servers: [] };

/** Kea's default probation period (Kea manual, "Declined Addresses"), seconds. */
const PROBATION_S = 86_400;

/**
 * For how many seconds the servers hold declined leases back; undefined for servers that the harness did not
 * configure, if nobody told it.
 */
function probationOf({ scenario: { kea, external }, source }: JudgeInput): number | undefined {
  // A recording by others comes without the configuration of its servers.
  if (source !== undefined && kea === undefined) return source.probationS;
  if (external !== undefined) return undefined;
  return kea?.declineProbationPeriod ?? PROBATION_S;
}

/** Does what `judge` does, observation by observation, for a source that can't be iterated synchronously. */
export class Judging {
  readonly #layout: Layout;
  readonly #cases: readonly CaseFold[];

  constructor(
    layout: Layout,
    witnessesPerKind = 10_000,
    probationS?: number,
    evidence?: Pick<Evidence, 'faults' | 'system'>,
    reservedClients?: number,
  ) {
    const ledgers = new Map<string, Ledger>();
    let firstHolder = 0;
    this.#layout = layout;
    this.#cases = layout.cases.map((one, caseIndex) => {
      const ledger = ledgers.get(one.network ?? '') ?? new Ledger();
      ledgers.set(one.network ?? '', ledger);
      if (one.serverClients !== undefined) ledger.serversMayBeRouters(caseIndex, one);
      for (const [prefix, excluded] of one.excluded ?? []) ledger.leases.exclude(prefix, excluded);
      const place = { ledger, caseIndex, firstHolder };
      firstHolder += one.clients;
      return new CaseFold(one, place, witnessesPerKind, probationS, evidence, reservedClients);
    });
  }

  get #states(): readonly CaseState[] {
    return this.#cases.map(({ state }) => state);
  }

  add(observation: Observation): void {
    const fold = this.#cases[observation.caseIndex];
    if (fold === undefined) {
      throw new HarnessError(
        'SOURCE',
        `an observation names case ${observation.caseIndex}, but the run has ${this.#cases.length} cases`,
      );
    }
    fold.add(observation);
  }

  judgement({
    scenario,
    evidence,
    databaseSettings = {},
    audit: about,
    commits: history,
    source,
  }: Omit<JudgeInput, 'layout' | 'witnessesPerKind'>): Judgement {
    const silencesIn = (name: string) => silencesOf(name, evidence, scenario.load);
    const gaps = new Gaps(source?.gaps ?? []);
    const unsure = new Map<string, UnsureFigures>();
    const isWhole = (source?.missing ?? []).length === 0;
    const observedAll = evidence.endedEarly === null && isWhole;
    const lacksRecords = !isWhole || evidence.endedEarly?.code === ('STORAGE' satisfies ErrorCode);
    const stored = new StoredLeases(this.#states, { audit: about, commits: history, scenario, observedAll });
    const serverOf = (caseIndex: number, server: number): string =>
      serverName(this.#layout.cases[caseIndex] ?? NO_CASE, server);
    // A source without times does not tell what was held at the same time.
    const storedFor = source?.times === false ? () => [] : stored.storedFor;
    const possible = new PossibleFigures(this.#states, storedFor, serverOf);
    const observedFigures = this.#cases.map((fold, index): CaseFigures => {
      const { transactions, ends, unsure: its, ...observed } = fold.figures(serverOf, gaps);
      unsure.set(observed.name, its);
      const silently = refusedSilently(silencesIn(observed.name));
      const family = familyOfPhases(this.#layout.cases[index]?.phases ?? []);
      const counted = { ...observed, family, transactions, ends, refusedSilently: silently };
      return {
        ...observed,
        ...possible.addedTo(observed, index),
        exchanges: exchangeFigures(counted, scenario.load, evidence.offered, scenario.limits),
      };
    });
    const { audited, commits, clocks } = stored.judged(leasesOf(observedFigures));
    const figures = observedFigures.map((one, index) =>
      withWritten(withLost(one, audited, index), evidence.system),
    );
    const accompanied = evidence.system === undefined ? null : accompanying(evidence.system);
    const sockets = socketFigures(evidence);
    const resources = resourceFigures(
      evidence.resources,
      figures.map(({ schedule }) => schedule),
      scenario.load?.life !== undefined,
    );
    const machine = resources?.machine ?? null;
    const sound = withShortages(
      soundnessChecks(figures, evidence, scenario, silencesIn),
      figures,
      resources,
      sockets,
      silencesIn,
      pausedText(accompanied?.nodes ?? []),
    );
    const soundness = limitedChecks(
      [
        ...(source === undefined ? [] : [completeCheck(source)]),
        ...sound.checks,
        ...(resources === null ? [] : memoryChecks(resources.memory, scenario.limits)),
      ],
      source,
      figures,
    );
    const found = [
      ...soundness,
      ...limitedChecks(withGaps(conformanceChecks(figures, evidence), unsure), source, figures),
      ...reservedChecks(this.#states),
      ...(evidence.faults === undefined
        ? []
        : faultChecks(evidence.faults, this.#duringFaults(), evidence, scenario)),
      ...(evidence.faults === undefined ? unrecordedFaults(scenario) : []),
      ...(about !== undefined && 'notMade' in about ? noAuditChecks(about) : []),
      ...(audited === undefined
        ? []
        : auditChecks(audited, figures, {
            observedAll,
            lacksRecords,
            hasFaults: evidence.faults !== undefined,
          })),
      ...(audited === undefined || evidence.system === undefined ? [] : statisticsChecks(evidence.system)),
      ...(commits === undefined ? [] : commitChecks(commits)),
      ...(clocks === undefined ? [] : clockChecks(clocks)),
      ...statedChecks(figures, scenario, soundness, machine),
    ];
    const causeOf = contextOf(this.#states, figures, audited, evidence, databaseSettings);
    const checks = withKnownFailures(found, scenario.knownFailures ?? [], causeOf, machine);
    const reproduction = reproductionOf({ cases: figures, scenario, evidence, soundness, machine });
    const verdicts = verdictsOf(checks);
    const cases = figures.map((one, index): CaseJudgement => ({
      ...one,
      ...(audited === undefined ? {} : this.#auditedWitnesses(one, index, audited, observedAll)),
      verdict: verdicts(one.name),
      audit: audited?.cases[index] ?? null,
      published: comparePublished(
        one,
        scenario.published,
        experimentOf(scenario, one.servers),
        reproduction?.premises ?? [],
      ),
    }));
    return {
      verdict: verdictOf(checks),
      reproduction: withParts(reproduction, cases),
      interruptedBy: evidence.interruptedBy,
      cases,
      checks,
      audit: audited?.run ?? null,
      ...(commits === undefined ? {} : { commits }),
      ...(clocks === undefined ? {} : { clocks }),
      ...(evidence.system === undefined
        ? {}
        : {
            causes: causesOf(
              {
                cases: casesInRun(this.#states, figures, audited),
                system: evidence.system,
                evidence,
                checks,
                clocks,
                scenario,
              },
              causeOf,
            ),
          }),
      sockets,
      resources,
      ...(evidence.transport === undefined ? {} : { transport: transportFigures(evidence.transport) }),
      ...(evidence.faults === undefined
        ? {}
        : { faults: this.#faultFigures(evidence.faults, evidence, audited) }),
      short: sound.short,
      accompanying: accompanied,
    };
  }

  /**
   * The witnesses from the observations, with what the audit knows of them. The witnesses of unanswered requests join
   * them if Kea's counters show that requests were lost.
   */
  #auditedWitnesses(
    { witnesses, witnessesOmitted }: CaseFigures,
    caseIndex: number,
    audited: Audited,
    observedAll: boolean,
  ): Pick<CaseJudgement, 'witnesses' | 'witnessesOmitted'> {
    const state = this.#cases[caseIndex]?.state;
    const servers = audited.cases[caseIndex]?.servers ?? [];
    // If some observations are missing, nobody knows which requests went unanswered.
    const lost = state === undefined || !observedAll ? undefined : unansweredWhereLost(state, servers);
    return {
      witnesses: identified([...witnesses, ...(lost?.all() ?? [])], caseIndex, audited),
      witnessesOmitted: witnessesOmitted + (lost?.omitted ?? 0),
    };
  }

  #duringFaults(): CaseDuringFaults[] {
    return this.#cases.flatMap(({ state: { layout, duringFaults: during } }) =>
      during === undefined ? [] : [{ name: layout.name, during }],
    );
  }

  #faultFigures(
    faults: NonNullable<Evidence['faults']>,
    evidence: Evidence,
    audited: Audited | undefined,
  ): FaultsJudgement {
    const states = this.#states;
    const during = this.#duringFaults().map((one) => one.during);
    return faultFigures(faults, evidence, during, {
      lost: audited && lostLeases(states, audited),
      heldByTwo: leasesHeldByTwo(states),
    });
  }
}

/** The leases that the witnesses name. */
function leasesOf(figures: readonly CaseFigures[]): string[] {
  const witnesses = figures.flatMap((one) => one.witnesses);
  return witnesses.flatMap(({ lease, otherLease }) => (otherLease === null ? [lease] : [lease, otherLease]));
}
