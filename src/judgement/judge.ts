import { familyOfPhases } from '../protocol/phases.js';
import { HarnessError } from '../errors.js';
import type { SystemEvidence } from '../evidence/system.js';
import type { Evidence } from '../evidence/evidence.js';
import type { CaseLayout, Layout, Observation } from '../observations/observation.js';
import type { Scenario } from '../scenario/schema.js';
import { accompanying } from './audit/logs-and-counters.js';
import { audit, type Audited } from './audit/audit.js';
import { auditChecks, noAuditChecks } from './audit/checks.js';
import { unansweredWhereLost } from './audit/lost.js';
import type { AuditInput, NoAudit } from './audit/input.js';
import { clockChecks } from './clocks/checks.js';
import { judgeClocks } from './clocks/clocks.js';
import { commitChecks } from './commits/checks.js';
import { judgeCommits } from './commits/commits.js';
import type { CommitsInput } from './commits/input.js';
import type { CaseFigures, CaseJudgement } from '../results/case.js';
import type { Check, Verdict } from '../results/check.js';
import type { CheckName } from '../results/check-names.js';
import type { FaultsJudgement } from '../results/faults.js';
import type { Judgement } from '../results/judgement.js';
import type { Witness } from '../results/witness.js';
import { serverName } from './checks/server-name.js';
import { CaseFold } from './fold/count-case.js';
import { causesOf } from './causes/explanations.js';
import type { CaseInRun, CauseContext, RunContext } from './causes/index.js';
import { conformanceChecks } from './checks/conformance.js';
import { exchangeFigures } from './checks/exchanges.js';
import { Gaps, type UnsureFigures } from './holdings/gaps.js';
import { pausedText } from './machine/flow-control.js';
import { Ledger } from './holdings/ledger.js';
import { faultChecks, unrecordedFaults, type CaseDuringFaults } from './faults/checks.js';
import { faultFigures } from './faults/figures.js';
import { leasesHeldByTwo, lostLeases, withLost } from './faults/leases-by-fault.js';
import { withKnownFailures, type ContextOf } from './checks/known-failures.js';
import { memoryChecks } from './machine/memory-checks.js';
import { everHeld } from './holdings/held-leases.js';
import { resourceFigures } from './machine/resources.js';
import { withShortages } from './machine/short-resources.js';
import { socketFigures } from './machine/sockets.js';
import { refusedSilently, silencesOf } from './machine/silences.js';
import { soundnessChecks } from './checks/enough-measured.js';
import { completeCheck, limitedChecks, withGaps, type SourceLimits } from './checks/source-limits.js';
import { comparePublished, experimentOf } from './reproduction/comparison.js';
import { reproductionOf, withParts } from './reproduction/reproduction.js';
import { statedChecks } from './checks/stated.js';

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
  const judging = new Judging(input.layout, input.witnessesPerKind, probationOf(input), input.evidence);
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
      return new CaseFold(one, place, witnessesPerKind, probationS, evidence);
    });
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
    const observedFigures = this.#cases.map((fold, index): CaseFigures => {
      const {
        transactions,
        ends,
        unsure: its,
        ...observed
      } = fold.figures(
        (caseIndex, server) => serverName(this.#layout.cases[caseIndex] ?? NO_CASE, server),
        gaps,
      );
      unsure.set(observed.name, its);
      const silently = refusedSilently(silencesIn(observed.name));
      const family = familyOfPhases(this.#layout.cases[index]?.phases ?? []);
      const counted = { ...observed, family, transactions, ends, refusedSilently: silently };
      return {
        ...observed,
        exchanges: exchangeFigures(counted, scenario.load, evidence.offered, scenario.limits),
      };
    });
    const audited =
      about === undefined || 'notMade' in about ? undefined : this.#audit(about, observedFigures);
    const observedAll = evidence.endedEarly === null && (source?.missing ?? []).length === 0;
    const commits = this.#commits(history, about, observedAll);
    const clocks = this.#clocks(about, audited, scenario);
    const figures = observedFigures.map((one, index) => withLost(one, audited, index));
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
      ...(evidence.faults === undefined
        ? []
        : faultChecks(evidence.faults, this.#duringFaults(), evidence, scenario)),
      ...(evidence.faults === undefined ? unrecordedFaults(scenario) : []),
      ...(about !== undefined && 'notMade' in about ? noAuditChecks(about) : []),
      ...(audited === undefined
        ? []
        : auditChecks(audited, figures, { observedAll, hasFaults: evidence.faults !== undefined })),
      ...(commits === undefined ? [] : commitChecks(commits)),
      ...(clocks === undefined || evidence.system === undefined ? [] : clockChecks(clocks, evidence.system)),
      ...statedChecks(figures, scenario, soundness, machine),
    ];
    const contextOf = this.#contextOf(figures, audited, evidence, databaseSettings);
    const checks = withKnownFailures(found, scenario.knownFailures ?? [], contextOf, machine);
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
        : { causes: causesOf(this.#run(figures, checks, evidence.system, evidence, scenario), contextOf) }),
      sockets,
      resources,
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
    const states = this.#cases.map(({ state }) => state);
    const during = this.#duringFaults().map((one) => one.during);
    return faultFigures(faults, evidence, during, {
      lost: audited && lostLeases(states, audited),
      heldByTwo: leasesHeldByTwo(states),
    });
  }

  #run(
    figures: readonly CaseFigures[],
    checks: readonly Check[],
    system: SystemEvidence,
    evidence: Evidence,
    scenario: RunContext['scenario'],
  ): RunContext {
    const cases = this.#cases.flatMap(({ state: { layout, traffic } }, index): CaseInRun[] => {
      const its = figures[index];
      if (its === undefined) return [];
      const servers = layout.servers.map((name, server) => ({ name, sent: traffic.sentTo(server) }));
      return [{ figures: its, family: familyOfPhases(layout.phases), servers }];
    });
    return { cases, system, evidence, checks, scenario };
  }

  /** What may show why a check does not hold. */
  #contextOf(
    figures: readonly CaseFigures[],
    audited: Audited | undefined,
    { system }: Evidence,
    settings: CauseContext['settings'],
  ): ContextOf {
    return (check) => {
      const index = figures.findIndex(({ name }) => name === check.case);
      const state = this.#cases[index]?.state;
      return {
        system,
        settings,
        witnesses: figures[index]?.witnesses ?? [],
        findings: (index < 0 ? audited?.run : audited?.cases[index])?.findings ?? [],
        everHeld: (clients) => (state === undefined ? new Map() : everHeld(state, clients)),
      };
    };
  }

  #commits(
    history: CommitsInput | undefined,
    about: AuditInput | NoAudit | undefined,
    observedAll: boolean,
  ): Judgement['commits'] {
    if (history === undefined || about === undefined || 'notMade' in about) return undefined;
    const states = this.#cases.map(({ state }) => state);
    const toldOfAll = observedAll && (about.offerLifetime ?? 0) === 0;
    return judgeCommits(history, about.system, about.seed, states, toldOfAll);
  }

  #clocks(
    about: AuditInput | NoAudit | undefined,
    audited: Audited | undefined,
    { limits, external }: JudgeInput['scenario'],
  ): Judgement['clocks'] {
    if (audited === undefined || about === undefined || 'notMade' in about) return undefined;
    return judgeClocks({
      system: about.system,
      states: this.#cases.map(({ state }) => state),
      rows: audited.clocks,
      audits: audited.cases,
      limitMs: limits.maxClockDifferenceMs,
      isExternal: external !== undefined,
    });
  }

  #audit(about: AuditInput, figures: readonly CaseFigures[]): Audited {
    const states = this.#cases.map((fold) => fold.state);
    const witnessed = figures.flatMap(({ witnesses }) => witnesses);
    return audit(
      about,
      states,
      witnessed.flatMap(({ lease, otherLease }) => (otherLease === null ? [lease] : [lease, otherLease])),
    );
  }
}

/** Adds the identities of the clients, and the rows of the leases on every node. */
function identified(witnesses: readonly Witness[], caseIndex: number, audited: Audited): Witness[] {
  return witnesses.map((witness) => ({
    ...witness,
    ...(witness.lease === ''
      ? {}
      : { rows: [witness.lease, witness.otherLease ?? []].flat().flatMap((lease) => audited.rowsOf(lease)) }),
    holders: witness.holders.map((holder) => ({
      ...holder,
      identity: audited.identityOf(holder.caseIndex ?? caseIndex, holder.client),
    })),
  }));
}

/** The verdict of each case: from its own checks, and from the check that all that was recorded is there. */
function verdictsOf(checks: readonly Check[]): (caseName: string) => Verdict {
  const byCase = new Map<string, Check[]>();
  for (const check of checks) {
    const its = byCase.get(check.case);
    if (its === undefined) byCase.set(check.case, [check]);
    else its.push(check);
  }
  const ofAll = checks.filter(({ name }) => name === ('source.complete' satisfies CheckName));
  return (caseName) => verdictOf([...(byCase.get(caseName) ?? []), ...ofAll]);
}

/** `fail` if a check fails, else `inconclusive` if a check can't tell, else `pass`. */
export function verdictOf(checks: readonly Check[]): Verdict {
  const order: readonly Verdict[] = ['fail', 'inconclusive'];
  return order.find((verdict) => checks.some((check) => check.verdict === verdict)) ?? 'pass';
}
