/**
 * The figures that a scenario can state a check on: one table for the parser, the evaluation and the reference.
 * docs/figures.md defines what each figure counts.
 */

/** The scopes of figures: the first attempt of each client, or all attempts. */
export const SCOPES = ['firstAttempt', 'allAttempts'] as const;
export type Scope = (typeof SCOPES)[number];

export type FigureUnit = 'count' | 'percent' | 'ms' | 'ratio';

export interface Figure {
  /** The name in a check, after case and phase. */
  readonly name: string;
  /** A shorter name of the same figure. */
  readonly alias?: string;
  readonly of: 'case' | 'phase';
  /**
   * The dotted path of the figure in a case or phase of the judgement; one path for each scope where there are two.
   */
  readonly at: string | Readonly<Record<Scope, string>>;
  readonly unit: FigureUnit;
  /** The figure that a percentage in a check refers to; see {@link WHOLES}. */
  readonly percentOf?: keyof typeof WHOLES;
  /** If this other figure is 0, there was nothing to find. A 0 of the figure itself then says nothing. */
  readonly needs?: string;
  /**
   * Marks a figure that counts violations: everywhere, or only in committing phases. However busy the machine is, it
   * is never to blame for them.
   */
  readonly violation?: 'everywhere' | 'committing';
  readonly description: string;
}

/**
 * The figures that percentages refer to, and where they are. Requests are those of the same phase and scope. The
 * others are figures of the case.
 */
export const WHOLES = {
  requests: 'requests',
  clients: 'clients',
  renewals: 'renewals.judged',
} as const;

const OUTCOME_MEANINGS = {
  lease: 'transactions answered with a lease in time',
  nak: 'transactions answered with a NAK',
  'no-lease': 'transactions answered with a status code or a zero lifetime instead of a lease',
  partial: 'transactions answered with one of the two leases asked for',
  timeout: 'transactions without an answer',
  late: 'transactions answered with a lease after the timeout',
  malformed: "transactions answered with a message that can't be decoded",
};

/** Figures of violations. If the phase had no answer with a lease, a figure of 0 says nothing. */
const VIOLATION = { needs: 'allAttempts.responses', violation: 'everywhere' } as const;

export const FIGURES: readonly Figure[] = [
  sharing('requests', 'count', 'transactions started', { percentOf: 'clients' }),
  sharing('responses', 'count', 'N: answers that carried a lease', { percentOf: 'requests' }),
  sharing('distinctLeases', 'count', 'D: distinct leases in them', { percentOf: 'requests' }),
  sharing('duplicateLeases', 'count', 'd: leases given to two or more different clients', {
    needs: 'responses',
    violation: 'committing',
  }),
  sharing('duplicatePercent', 'percent', 'duplicate leases in percent of the answers, 100 d/N', {
    violation: 'committing',
  }),
  sharing('appearancePercent', 'percent', 'duplicate leases in percent of the distinct ones, 100 d/D'),
  sharing('allocationsPerDistinctLease', 'ratio', 'allocations of duplicate leases, over D'),
  ...Object.entries(OUTCOME_MEANINGS).map(([outcome, description]): Figure => {
    const at = { firstAttempt: `firstAttemptOutcomes.${outcome}`, allAttempts: `outcomes.${outcome}` };
    return {
      name: `outcomes.${outcome}`,
      of: 'phase',
      at,
      unit: 'count',
      percentOf: 'requests',
      description,
    };
  }),
  count('withoutOffer', 'clients whose first attempt ended before this phase', 'clients'),
  count('refusals.clients', 'clients refused in their first attempt', 'clients'),
  count('refusals.clientsServedLater', 'of these, given a lease in a later attempt', 'clients'),
  count('substituted', 'first answers naming another lease than the offer', 'requests'),
  count('extraAnswers', 'answers beyond the first to the same transaction', 'requests'),
  count('extraAnswersOtherLease', 'of these, naming another lease than the first answer', 'requests'),
  count(
    'secondLeases',
    'of these answers, those that leave a server committed to two leases for one request',
    'requests',
    VIOLATION,
  ),
  count('wrongClient', 'answers with the identity of another client', 'requests'),
  count('wrongClientLeases', 'of these, committing ones that gave a lease', 'requests', VIOLATION),
  count(
    'wrongServer',
    'answers from another server than the one asked, or that name another server',
    'requests',
  ),
  count('wrongServerLeases', 'of these, committing ones that gave a lease', 'requests', VIOLATION),
  count('unmatched', 'answers to a transaction id that was never sent', 'requests'),
  {
    name: 'latency.answered',
    of: 'phase',
    at: 'latencyMs.answered',
    unit: 'count',
    percentOf: 'requests',
    description: 'transactions with an answer, which the latencies are of',
  },
  latency('p50', 'half of the answers came within'),
  latency('p90', '90% of the answers came within'),
  latency('p99', '99% of the answers came within'),
  latency('p999', '99.9% of the answers came within'),
  latency('max', 'all answers came within'),
  exchanges(
    'started',
    'count',
    'exchanges started, all attempts: DISCOVER or SOLICIT to the answer to the REQUEST',
  ),
  exchanges('restarts', 'count', "of these, started because the client's exchange before failed"),
  exchanges(
    'refused',
    'count',
    'exchanges ended by a NAK, a status code, a zero lifetime, only one of two leases, or silence because no lease was free',
  ),
  exchanges(
    'withoutTimelyAnswer',
    'count',
    'exchanges that ended with a late answer, an unreadable one, or none',
  ),
  exchanges('withoutTimelyAnswerPercent', 'percent', 'the same in percent of those started'),
  exchanges('offeredPerServer', 'ratio', 'offered rate: first attempts per second on each server'),
  exchanges('achievedPerServer', 'ratio', 'achieved rate: first attempts per second on each server'),
  exchanges('timesThroughIds', 'ratio', 'how many times all transaction ids were used'),
  ofCase('schedule.starts', 'first attempts that were made', { percentOf: 'clients' }),
  lateness('p50', 'half of the starts were late by at most'),
  lateness('p90', '90% of the starts were late by at most'),
  lateness('p99', '99% of the starts were late by at most'),
  lateness('p999', '99.9% of the starts were late by at most'),
  lateness('max', 'all starts were late by at most'),
  ofCase('clientsWithLease', 'clients that hold a lease at the end', { percentOf: 'clients' }),
  ofCase('committingLeases', 'answers that gave a lease in a committing phase'),
  ofCase('declines.declined', 'leases that their clients declined'),
  ofCase('declines.reused', "answers that gave a declined lease during the lease's probation period", {
    needs: 'declines.declined',
    violation: 'everywhere',
  }),
  ofCase('renewals.judged', 'answers to clients that asked to prolong the lease they held'),
  ofCase('renewals.notKept', 'of these, answers that refused or ended the lease, or gave another one', {
    percentOf: 'renewals',
    needs: 'renewals.judged',
    violation: 'everywhere',
  }),
  ofCase('heldConcurrently', 'leases that two clients held at the same time', {
    needs: 'committingLeases',
    violation: 'everywhere',
  }),
  ofCase('overlappingLeases', "leases inside another client's prefix at the same time", {
    needs: 'committingLeases',
    violation: 'everywhere',
  }),
];

/** The figure with this name or alias. */
export function figureNamed(name: string): Figure | undefined {
  return FIGURES.find((figure) => figure.name === name || figure.alias === name);
}

export function hasScopes(figure: Figure): figure is Figure & { at: Readonly<Record<Scope, string>> } {
  return typeof figure.at !== 'string';
}

type More = Pick<Figure, 'percentOf' | 'needs' | 'violation'>;

function sharing(name: string, unit: FigureUnit, description: string, more: More = {}): Figure {
  const at = { firstAttempt: `firstAttempt.${name}`, allAttempts: `allAttempts.${name}` };
  return { name, of: 'phase', at, unit, description, ...more };
}

/** A figure over all attempts, unless its own meaning limits it to the first attempt. */
function count(
  name: string,
  description: string,
  percentOf: 'requests' | 'clients',
  more: Omit<More, 'percentOf'> = {},
): Figure {
  return { name, of: 'phase', at: name, unit: 'count', percentOf, description, ...more };
}

/**
 * A percentile of the response time by nearest rank, measured from the intended send time, over all attempts.
 * Transactions without an answer are left out. Above 2 ms a value is up to 0.1% too high, except `max`.
 */
function latency(rank: string, description: string): Figure {
  const name = `latency.${rank}`;
  return { name, alias: rank, of: 'phase', at: `latencyMs.${rank}`, unit: 'ms', description };
}

/** A percentile of how late the harness itself made the starts, by nearest rank. */
function lateness(rank: string, description: string): Figure {
  return { name: `lateness.${rank}`, of: 'case', at: `schedule.latenessMs.${rank}`, unit: 'ms', description };
}

function exchanges(name: string, unit: FigureUnit, description: string): Figure {
  const path = `exchanges.${name}`;
  return { name: path, of: 'case', at: path, unit, description };
}

function ofCase(name: string, description: string, more: More = {}): Figure {
  return { name, of: 'case', at: name, unit: 'count', description, ...more };
}
