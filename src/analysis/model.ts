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
import type { ExchangeFigures } from './exchanges.js';
import type { ResourceFigures } from './resources.js';
import type { Shortage } from './shortage.js';

/** What `judge` finds; plain data. Times are microseconds since the run's start unless a name says otherwise. */
export interface Judgement {
  /** Of the conformance half: of `checks`. */
  verdict: Verdict;
  /** The other half; null where the scenario expects no figures. */
  reproduction: Reproduction | null;
  interruptedBy: Evidence['interruptedBy'];
  cases: readonly CaseJudgement[];
  /** Every check, those that hold too. */
  checks: readonly Check[];
  /** Null where there are no lease tables to audit. */
  audit: RunAudit | null;
  /** What was lost at the sockets of the run, one by one; empty where nobody counted. */
  sockets: readonly SocketFigures[];
  /** What the load took of the machine; null where nobody noted it. */
  resources: ResourceFigures | null;
  /** What there was too little of, where a check on the load does not hold or answers were missing; else empty. */
  short: readonly Shortage[];
  /** What logs and nodes said; null where nothing of them is known. */
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

/** Whether an experiment showed the figures that are expected of it, where its premises were kept. */
export interface Reproduction {
  verdict: ReproductionVerdict;
  /** One plain sentence. */
  reason: string;
  /** Each expected figure. `fail`: outside of what is expected; `inconclusive`: not known, or outside with a premise broken. */
  figures: readonly Check[];
  /** Each premise: `pass` where it was kept, else `inconclusive`. */
  premises: readonly Check[];
}

/** `case` and `phase` are empty where the check concerns the whole run or the whole case. */
export interface Check {
  /** One of `CHECK_NAMES`; of a check that the scenario states, its text. */
  name: string;
  case: string;
  phase: string;
  expected: string;
  actual: string;
  verdict: Verdict;
  /** Of a check that counts violations: how many, of how many that it judged; null where that is no number. */
  count?: { found: number; of: number | null } | undefined;
  /** A violation that the scenario knows of, whose cause the run shows: the verdict is `pass`. */
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
  /** Of its own checks. */
  verdict: Verdict;
  servers: number;
  clients: number;
  /** Clients that hold a lease when the last observation is over. */
  clientsWithLease: number;
  /** Answers with a lease in a committing phase: first, late and extra ones, from whichever server. */
  committingLeases: number;
  /** Leases that two clients held at the same time. */
  heldConcurrently: number;
  /** Leases that lay inside a prefix another client held at the same time. */
  overlappingLeases: number;
  /** Leases inside such a prefix which its holder may have given itself, as a router does; absent for none. */
  perhapsDelegated?: number;
  /** Such leases between a client of this case and one of another, which has them in its figures; absent for none. */
  countedElsewhere?: { heldConcurrently: number; overlappingLeases: number };
  declines: DeclineFigures;
  /** Answers to clients that asked for what they held to be prolonged, and of these the ones that took it away. */
  renewals: { judged: number; notKept: number };
  /** The first ones found; `witnessesOmitted` says how many more there are. */
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
  /** Leases that their clients declined, by message sent. */
  declined: number;
  /** Answers that gave such a lease to anybody in its probation period; null where nobody knows how long that is. */
  reused: number | null;
  /** Where nobody knows that: answers that gave such a lease again, and how soon the first was asked for. */
  again?: { count: number; soonestMs: number };
}

export interface PhaseJudgement {
  name: Phase;
  leaseType: LeaseType;
  committing: boolean;
  firstAttempt: SharingFigures;
  allAttempts: SharingFigures;
  /** All attempts; they add up to `allAttempts.requests`. */
  outcomes: Outcomes;
  firstAttemptOutcomes: Outcomes;
  /** Clients whose first attempt never got this far, for want of a timely offer; 0 in the first phase. */
  withoutOffer: number;
  refusals: Refusals;
  extraAnswers: number;
  /** Of these, the ones naming another lease than the first answer. */
  extraAnswersOtherLease: number;
  /** Of these, the ones that leave a server committed to two leases for one request; 0 in the first phase. */
  secondLeases: number;
  wrongClient: number;
  /** Of these, the committing ones that gave a lease. */
  wrongClientLeases: number;
  wrongServer: number;
  /** Of these, the committing ones that gave a lease. */
  wrongServerLeases: number;
  /** Answers to a transaction id that was never sent, or that could not be decoded so far. */
  unmatched: number;
  /** First answers naming another lease than the offer of the same attempt. */
  substituted: number;
  latencyMs: Latency;
  perServer: readonly ServerFigures[];
}

export const OUTCOMES = ['lease', 'nak', 'no-lease', 'partial', 'timeout', 'late', 'malformed'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Outcomes = Record<Outcome, number>;

/** DESIGN, "Figures". Percentages are exact, and null where there is nothing to divide by. */
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
  /** Clients refused here in their first attempt. */
  clients: number;
  /** Of these, the ones that were given a lease in a later attempt. */
  clientsServedLater: number;
}

/** Milliseconds by nearest rank, up to 2 ms exact, above at most 0.1% too long; `max` is exact. Null without values. */
export interface Percentiles {
  p50: number | null;
  p90: number | null;
  p99: number | null;
  /** 99.9% */
  p999: number | null;
  max: number | null;
}

/** From the intended send time, over transactions with an answer. */
export interface Latency extends Percentiles {
  answered: number;
  /** Transactions without an answer: not in the percentiles. */
  timeouts: number;
}

export interface ServerFigures {
  name: string;
  requests: number;
  responses: number;
  outcomes: Outcomes;
  latencyMs: Latency;
}

/** First attempts of the first phase against their schedule. */
export interface ScheduleFigures {
  starts: number;
  /** When the first was sent, microseconds of the run's clock; null without starts. */
  firstStartUs: number | null;
  /** From the first actual send to the last. */
  durationUs: number;
  /** 99% of the starts left at most this long after their intended time; null without starts. */
  latenessP99Ms: number | null;
  /** The same, and more of it: how late the harness itself was, which `latencyMs` has in it. */
  latenessMs: Percentiles;
}

/** Events a bucket, from the run's start; all of one length. */
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

/** By the time at which messages were due, in buckets from the run's start that may be longer than those of the counts. */
export interface LatencySeriesFigures {
  bucketMs: number;
  /** Phases with an answer, in the order in which they first got one. */
  phases: readonly ({ name: Phase } & PercentilesOverTime)[];
  /** How late the starts were. */
  lateness: PercentilesOverTime;
}

/** Milliseconds, one a bucket; null where nothing fell into it. At most 0.8% too long; `max` is exact. */
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
  /** Of a single exchange; null where holdings of several are at odds. */
  phase: Phase | null;
  /** `192.0.2.7`, `2001:db8::1`, `2001:db8:7::/64`; empty for `unanswered`, where none was named. */
  lease: string;
  /**
   * `overlapping`: the prefix it lies in. `extra-answer`: the lease of the first answer. `not-kept`: the one given instead,
   * if any. Else null.
   */
  otherLease: string | null;
  holders: readonly Holder[];
  /** `not-kept`: what the client held when it asked. */
  held?: readonly HeldLease[];
  /** The row of `lease`, then that of `otherLease`, on every node; absent without an audit, and without a lease. */
  rows?: readonly RowOnNode[];
}

/** A lease that a client holds or held. */
export interface HeldLease {
  lease: string;
  /** That gave it first. */
  server: string;
  /** When the answer that gave it arrived. */
  fromUs: number;
  /** The latest answer that gave or prolonged it: from which server, and when it arrived. */
  last: { server: string; atUs: number };
}

export interface Holder {
  client: number;
  /** The case that its number is of, where that is another one than the witness's. */
  caseIndex?: number;
  /** What the client is known by; absent without an audit. */
  identity?: Identity | null;
  /** The server the answer came from. */
  server: string;
  lease: string;
  fromUs: number;
  /**
   * Null: without end. What nobody holds: `fromUs`, when it arrived, or for `unanswered` was first sent. `not-kept`: from
   * when it was asked about to the answer.
   */
  untilUs: number | null;
}

/** `partly-reproduced`: within the tolerances, and yet another share of the requests got no lease than in the article. */
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
  /** Plain sentences: why not, and what the word alone would hide. */
  reasons: readonly string[];
}
