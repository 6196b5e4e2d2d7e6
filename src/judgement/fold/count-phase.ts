import {
  COMMITTING_PHASES,
  GIVING_BACK_PHASES,
  OFFERING_PHASES,
  RENEWING_PHASES,
  type Phase,
} from '../../protocol/phases.js';
import type { LeaseType } from '../../protocol/leases.js';
import type { Answer } from '../../observations/observation.js';
import { kindOfReply, type ReplyKind } from '../checks/traffic.js';
import { Column } from './columns.js';
import { Durations, latency } from '../time/latency.js';
import { type Outcome, OUTCOMES, type Outcomes } from '../../results/outcomes.js';
import type { PhaseJudgement, ServerFigures } from '../../results/phase.js';
import { RefusalCount } from './refusals.js';
import { Allocations } from './sharing.js';
import type { Transactions } from './transactions.js';

export const LEASE_TYPES = ['address', 'prefix'] as const satisfies readonly LeaseType[];

/** The counts of one phase of one case, while the observations arrive. */
export class PhaseFold {
  readonly phase: Phase;
  /** The place of the phase in the order in which the case knows its phases. */
  readonly number: number;
  readonly committing: boolean;
  /** Whether its client asks for the lease that it holds. */
  readonly renewing: boolean;
  /** What a server sends in it. */
  readonly reply: ReplyKind;
  /** Whether its answer offers a lease. */
  readonly offering: boolean;
  /** Whether its message gives leases back. */
  readonly givesBack: boolean;
  /** By lease type, in the order of `LEASE_TYPES`. */
  readonly allocations = [new Allocations(), new Allocations()] as const;
  readonly refusals = new RefusalCount();
  extraAnswers = 0;
  extraAnswersOtherLease = 0;
  /** Of `extraAnswers`, those that leave servers committed to two leases for one request. */
  secondLeases = 0;
  wrongClient = 0;
  /** Of `wrongClient`, the answers in a committing phase that gave a lease. */
  wrongClientLeases = 0;
  wrongServer = 0;
  /** Of `wrongServer`, the answers in a committing phase that gave a lease. */
  wrongServerLeases = 0;
  unmatched = 0;
  substituted = 0;
  readonly #servers: readonly string[];
  readonly #latencies: readonly Durations[];
  /** First answers with a lease, by lease type and server. */
  readonly #responses: readonly [Column<Int32Array>, Column<Int32Array>];

  constructor(phase: Phase, number: number, servers: readonly string[]) {
    this.phase = phase;
    this.number = number;
    this.committing = COMMITTING_PHASES.has(phase);
    this.offering = OFFERING_PHASES.has(phase);
    this.renewing = RENEWING_PHASES.has(phase);
    this.reply = kindOfReply(phase);
    this.givesBack = GIVING_BACK_PHASES.has(phase);
    this.#servers = servers;
    this.#latencies = servers.map(() => new Durations());
    this.#responses = [new Column(Int32Array), new Column(Int32Array)];
  }

  /** A first answer gave a lease of this type. */
  responded(type: 0 | 1, lease: number, { client, attempt, server }: PhaseRequest): void {
    this.allocations[type].add(lease, client, attempt === 1);
    const responses = this.#responses[type];
    responses.set(server, responses.get(server) + 1);
  }

  answeredAfter(us: number, server: number): void {
    this.#latencies[server]?.record(us);
  }

  /** One judgement for each lease type that the phase is about. */
  figures(
    types: readonly LeaseType[],
    outcomes: PhaseOutcomes,
    withoutOffer: number,
    servedLater: (client: number) => boolean,
  ): PhaseJudgement[] {
    const all = addUp(outcomes.byServer);
    const requests = { firstAttempt: total(outcomes.firstAttempt), allAttempts: total(all) };
    const refusals = this.refusals.figures(servedLater);
    const latencyMs = latency(this.#latencies, all.timeout);
    return types.map((leaseType) => ({
      name: this.phase,
      leaseType,
      committing: this.committing,
      ...this.allocations[typeNumber(leaseType)].figures(requests),
      outcomes: all,
      firstAttemptOutcomes: outcomes.firstAttempt,
      withoutOffer,
      refusals,
      extraAnswers: this.extraAnswers,
      extraAnswersOtherLease: this.extraAnswersOtherLease,
      secondLeases: this.secondLeases,
      wrongClient: this.wrongClient,
      wrongClientLeases: this.wrongClientLeases,
      wrongServer: this.wrongServer,
      wrongServerLeases: this.wrongServerLeases,
      unmatched: this.unmatched,
      substituted: this.substituted,
      latencyMs,
      perServer: this.#servers.map((name, server) =>
        this.#serverFigures(name, server, typeNumber(leaseType), outcomes),
      ),
    }));
  }

  #serverFigures(name: string, server: number, type: 0 | 1, { byServer }: PhaseOutcomes): ServerFigures {
    const outcomes = byServer[server] ?? noOutcomes();
    return {
      name,
      requests: total(outcomes),
      responses: this.#responses[type].get(server),
      outcomes,
      latencyMs: latency(this.#latencies.slice(server, server + 1), outcomes.timeout),
    };
  }
}

/** What is known of the request that an answer belongs to. */
type PhaseRequest = Pick<Answer, 'client' | 'attempt' | 'server'>;

/** The place of a lease type in `LEASE_TYPES`. */
export function typeNumber(type: LeaseType): 0 | 1 {
  return type === 'prefix' ? 1 : 0;
}

/** The outcomes of one phase: those of first attempts, and those of all attempts by the server that was asked. */
export interface PhaseOutcomes {
  firstAttempt: Outcomes;
  byServer: readonly Outcomes[];
}

/** @returns the outcomes of each phase, in the order of the phases' numbers */
export function countOutcomes(transactions: Transactions, phases: number, servers: number): PhaseOutcomes[] {
  const counted = Array.from({ length: phases }, () => ({
    firstAttempt: noOutcomes(),
    byServer: Array.from({ length: servers }, noOutcomes),
  }));
  for (let transaction = 0; transaction < transactions.count; transaction++) {
    const outcome = transactions.outcome(transaction);
    if (outcome === undefined) continue;
    const phase = counted[transactions.phase(transaction)];
    const server = phase?.byServer[transactions.server(transaction)];
    if (phase === undefined || server === undefined) continue;
    server[outcome]++;
    if (transactions.isFirstAttempt(transaction)) phase.firstAttempt[outcome]++;
  }
  return counted;
}

export function total(outcomes: Outcomes): number {
  return OUTCOMES.reduce((sum, outcome) => sum + outcomes[outcome], 0);
}

function noOutcomes(): Outcomes {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
}

function addUp(parts: readonly Outcomes[]): Outcomes {
  const sum = noOutcomes();
  for (const part of parts) for (const outcome of OUTCOMES) sum[outcome] += part[outcome];
  return sum;
}
