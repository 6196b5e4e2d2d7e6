import type { Evidence } from '../evidence/model.js';
import type { LeaseType } from '../protocol/leases.js';
import type { Phase } from '../protocol/phases.js';
import { CONFORMANCE_CHECKS } from '../scenario/known-causes.js';
import {
  AUDIT_CHECK_NAMES,
  type Accompanying,
  type CaseAudit,
  type Identity,
  type RowOnNode,
  type RunAudit,
} from './audit/model.js';
import type { ExchangeFigures } from './exchange-figures.js';
import type { ResourceFigures } from './resource-figures.js';
import type { Shortage } from './short-resources.js';

/** What `judge` finds; plain data. Times are microseconds since the run's start unless a name says otherwise. */
export interface Judgement {
  /** The verdict on conformance: the worst of `checks`. */
  verdict: Verdict;
  /** The verdict on reproduction; null where the scenario expects no figures. */
  reproduction: Reproduction | null;
  interruptedBy: Evidence['interruptedBy'];
  cases: readonly CaseJudgement[];
  /** Every check, also those that hold. */
  checks: readonly Check[];
  /** Null where there are no lease tables to audit. */
  audit: RunAudit | null;
  /** The datagrams lost at each socket of the run; empty where nobody counted them. */
  sockets: readonly SocketFigures[];
  /** What the load used of the machine; null where nobody measured it. */
  resources: ResourceFigures | null;
  /** What was short, if a check on the load does not hold or too many answers were missing; else empty. */
  short: readonly Shortage[];
  /** What the logs and the nodes said; null where nothing of them is known. */
  accompanying: Accompanying | null;
}

export interface SocketFigures {
  /** `harness dhcp4 server-1`, `kea dhcp4 server-1` */
  socket: string;
  /** Datagrams that came and were dropped for want of buffer space. */
  drops: number;
  /** Datagrams that could not be sent; null for a socket that is not the harness's. */
  sendErrors: number | null;
}

export const VERDICTS = ['pass', 'fail', 'inconclusive'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const REPRODUCTION_VERDICTS = ['reproduced', 'not reproduced', "can't tell"] as const;
export type ReproductionVerdict = (typeof REPRODUCTION_VERDICTS)[number];

/**
 * Whether an experiment showed the figures that are expected of it. Only an experiment that kept its premises can
 * tell.
 */
export interface Reproduction {
  verdict: ReproductionVerdict;
  /** One plain sentence. */
  reason: string;
  /**
   * Each expected figure. `fail`: outside the expected range. `inconclusive`: not known, or outside with a premise
   * broken.
   */
  figures: readonly Check[];
  /** Each premise: `pass` where it was kept, else `inconclusive`. */
  premises: readonly Check[];
}

/** `case` and `phase` are empty where the check concerns the whole run or the whole case. */
export interface Check {
  /** One of `CHECK_NAMES`, or the text of a check that the scenario states. */
  name: string;
  case: string;
  phase: string;
  expected: string;
  actual: string;
  verdict: Verdict;
  /**
   * How many violations the check found, and how many answers or leases it judged. Absent for a check that counts
   * none; `of` is null where nobody counts what was judged.
   */
  count?: { found: number; of: number | null } | undefined;
  /** Set for a violation that the scenario knows of, if the run shows its cause. The verdict is then `pass`. */
  known?: { cause: string; text: string } | undefined;
}

/** The checks that are always on. */
export const CHECK_NAMES = [
  ...CONFORMANCE_CHECKS,
  'run.deaths',
  'run.interrupted',
  'run.endedEarly',
  'run.drops',
  'run.sendErrors',
  'run.memory',
  'run.memoryGrowth',
  'load.answered',
  'load.committed',
  'load.rate',
  'load.lateness',
  'load.acts',
  ...AUDIT_CHECK_NAMES,
  'source.complete',
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

export interface CaseJudgement {
  name: string;
  /** The worst of the checks of this case and of `source.complete`. */
  verdict: Verdict;
  servers: number;
  clients: number;
  /** Clients that hold a lease at the time of the last observation. */
  clientsWithLease: number;
  /** Answers with a lease in a committing phase: first, late and extra ones, from whichever server. */
  committingLeases: number;
  /** Leases that two clients held at the same time. */
  heldConcurrently: number;
  /** Leases that lay inside a prefix another client held at the same time. */
  overlappingLeases: number;
  /**
   * Leases inside another client's prefix that this other client may have given itself, as a router does; absent for
   * none.
   */
  perhapsDelegated?: number;
  /** Conflicts between a client of this case and a client of another case, which counts them; absent for none. */
  countedElsewhere?: { heldConcurrently: number; overlappingLeases: number };
  declines: DeclineFigures;
  /**
   * `judged`: answers to clients that asked to prolong what they held. `notKept`: those of them that took it away.
   */
  renewals: { judged: number; notKept: number };
  /** The first witnesses found; `witnessesOmitted` says how many more there are. */
  witnesses: readonly Witness[];
  witnessesOmitted: number;
  phases: readonly PhaseJudgement[];
  exchanges: ExchangeFigures;
  schedule: ScheduleFigures;
  series: SeriesFigures;
  /** Null where there are no lease tables to audit. */
  audit: CaseAudit | null;
  published: PublishedComparison | null;
}

export interface DeclineFigures {
  /** Leases that their clients declined. A lease counts when the DECLINE is sent. */
  declined: number;
  /**
   * Answers that gave a declined lease to anybody in its probation period; null where nobody knows how long that
   * period is.
   */
  reused: number | null;
  /**
   * Set where nobody knows the probation period, if declined leases were given again: how many answers gave one, and
   * the shortest time from a DECLINE to such a request.
   */
  again?: { count: number; soonestMs: number };
}

export interface PhaseJudgement {
  name: Phase;
  leaseType: LeaseType;
  committing: boolean;
  firstAttempt: SharingFigures;
  allAttempts: SharingFigures;
  /** The outcomes of all attempts; they add up to `allAttempts.requests`. */
  outcomes: Outcomes;
  firstAttemptOutcomes: Outcomes;
  /** Clients whose first attempt did not reach this phase, because no timely offer came; 0 in the first phase. */
  withoutOffer: number;
  refusals: Refusals;
  extraAnswers: number;
  /** Of `extraAnswers`, those that name another lease than the first answer. */
  extraAnswersOtherLease: number;
  /**
   * Of `extraAnswers`, those that leave servers committed to two leases for one request; 0 in a phase that commits
   * nothing.
   */
  secondLeases: number;
  wrongClient: number;
  /** Of `wrongClient`, the committing answers that gave a lease. */
  wrongClientLeases: number;
  wrongServer: number;
  /** Of `wrongServer`, the committing answers that gave a lease. */
  wrongServerLeases: number;
  /** Answers whose transaction id was never sent, or could not be decoded. */
  unmatched: number;
  /** First answers that name another lease than the offer of the same attempt. */
  substituted: number;
  latencyMs: Latency;
  perServer: readonly ServerFigures[];
}

export const OUTCOMES = ['lease', 'nak', 'no-lease', 'partial', 'timeout', 'late', 'malformed'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Outcomes = Record<Outcome, number>;

/**
 * How many clients got how many leases. `docs/figures.md` defines the figures. Percentages are exact, and null where
 * there is nothing to divide by.
 */
export interface SharingFigures {
  /** Transactions started. */
  requests: number;
  /** N: first answers that carried a lease of this type, timely or late. */
  responses: number;
  /** D: distinct leases in them. */
  distinctLeases: number;
  /** d: leases given to two or more different clients. */
  duplicateLeases: number;
  /** 100 d/N */
  duplicatePercent: number | null;
  /** 100 d/D */
  appearancePercent: number | null;
  /** The article's own sentence: sum of k * sharing[k] over k >= 2, divided by D. */
  allocationsPerDistinctLease: number | null;
  /** sharing[k]: leases given to exactly k different clients. */
  sharing: Readonly<Record<string, number>>;
}

export interface Refusals {
  /** How often each reason was given in a timely first answer: `NAK`, `NoAddrsAvail`, `zero lifetime`, … */
  reasons: readonly { reason: string; firstAttempt: number; allAttempts: number }[];
  /** Clients that were refused in this phase in their first attempt. */
  clients: number;
  /** Of `clients`, those that were given a lease in a later attempt. */
  clientsServedLater: number;
}

/**
 * Milliseconds by nearest rank: exact up to 2 ms, above that at most 0.1% too long; `max` is exact. Null without
 * values.
 */
export interface Percentiles {
  p50: number | null;
  p90: number | null;
  p99: number | null;
  /** 99.9% */
  p999: number | null;
  max: number | null;
}

/** Time from the intended sending to the answer, over transactions with an answer. */
export interface Latency extends Percentiles {
  answered: number;
  /** Transactions without an answer. They are not in the percentiles. */
  timeouts: number;
}

export interface ServerFigures {
  name: string;
  requests: number;
  responses: number;
  outcomes: Outcomes;
  latencyMs: Latency;
}

/** How the first messages of first attempts kept to their schedule. */
export interface ScheduleFigures {
  starts: number;
  /** When the first message was sent, microseconds of the run's clock; null without starts. */
  firstStartUs: number | null;
  /** From the first actual send to the last. */
  durationUs: number;
  /** 99% of the starts left at most this long after their intended time; null without starts. */
  latenessP99Ms: number | null;
  /** All percentiles of the lateness, which is how late the harness itself was. `latencyMs` includes it. */
  latenessMs: Percentiles;
}

/** Events in each bucket. All buckets have the same length, counted from the run's start. */
export interface SeriesFigures {
  bucketMs: number;
  /** Exchanges due to start, by schedule. */
  offered: readonly number[];
  /** Exchanges that did start. */
  started: readonly number[];
  /** Messages sent, of all phases and attempts; retransmissions are not counted. */
  requests: readonly number[];
  /** Answers that reached their client, whatever they said. */
  answers: readonly number[];
  /** Answers with a lease in a committing phase. */
  leases: readonly number[];
  latency: LatencySeriesFigures;
}

/**
 * Percentiles by the time at which messages were due. The buckets begin at the run's start, and may be longer than
 * those of the counts.
 */
export interface LatencySeriesFigures {
  bucketMs: number;
  /** Phases with an answer, in the order in which they first got one. */
  phases: readonly ({ name: Phase } & PercentilesOverTime)[];
  /** How late the starts were. */
  lateness: PercentilesOverTime;
}

/** Milliseconds, one value for each bucket; null for an empty bucket. At most 0.8% too long; `max` is exact. */
export interface PercentilesOverTime {
  p50: readonly (number | null)[];
  p99: readonly (number | null)[];
  max: readonly (number | null)[];
}

export const WITNESS_KINDS = [
  'held-concurrently',
  'overlapping',
  'wrong-client',
  'wrong-server',
  'declined-reused',
  'not-kept',
  'extra-answer',
  'unanswered',
] as const;
export type WitnessKind = (typeof WITNESS_KINDS)[number];

export interface Witness {
  kind: WitnessKind;
  /** The phase of the exchange; null where the holdings of several exchanges conflict. */
  phase: Phase | null;
  /** `192.0.2.7`, `2001:db8::1`, `2001:db8:7::/64`; empty for `unanswered`, where no answer named a lease. */
  lease: string;
  /**
   * `overlapping`: the prefix that the lease lies in. `extra-answer`: the lease of the first answer. `not-kept`: the
   * lease that was given instead, if any. Else null.
   */
  otherLease: string | null;
  holders: readonly Holder[];
  /** `not-kept`: what the client held when it asked. */
  held?: readonly HeldLease[];
  /**
   * The row of `lease`, then the row of `otherLease`, on every node; absent without an audit, and without a lease.
   */
  rows?: readonly RowOnNode[];
}

/** A lease that a client holds or held. */
export interface HeldLease {
  lease: string;
  /** The server that gave the lease first. */
  server: string;
  /** When the first answer that gave the lease arrived. */
  fromUs: number;
  /** The latest answer that gave or prolonged the lease: from which server, and when it arrived. */
  last: { server: string; atUs: number };
}

export interface Holder {
  client: number;
  /** The case in which `client` is the number; absent where that is the case of the witness. */
  caseIndex?: number;
  /** The identity of the client; absent without an audit. */
  identity?: Identity | null;
  /** The server that the answer came from. */
  server: string;
  lease: string;
  fromUs: number;
  /**
   * The end of the holding; null for a holding without end. Without a holding it equals `fromUs`, which is when the
   * answer arrived, or for `unanswered` when the request was first sent. `not-kept`: from the sending of the request
   * to the answer.
   */
  untilUs: number | null;
}

/** `partly-reproduced`: within the tolerances, but another share of the requests than in the article got no lease. */
export const COMPARISON_WORDS = [
  'reproduced',
  'partly-reproduced',
  'not-reproduced',
  'not-comparable',
] as const;
export type ComparisonWord = (typeof COMPARISON_WORDS)[number];

export interface PublishedComparison {
  table: 'galera' | 'percona';
  source: string;
  phases: readonly PhaseComparison[];
}

export interface PhaseComparison {
  phase: string;
  published: {
    duplicateLeases: number;
    responses: number;
    duplicatePercent: number;
    appearancePercent: number | null;
    /** As printed in the article. */
    line: string;
  };
  word: ComparisonWord;
  /** Plain sentences: why the word is not `reproduced`, and what the word alone would hide. */
  reasons: readonly string[];
}

/** A case's figures before the scenario judges them. */
export type CaseFigures = Omit<CaseJudgement, 'verdict' | 'published' | 'audit'>;
