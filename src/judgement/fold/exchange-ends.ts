import { SEEKING_PHASES, STARTING_PHASES } from '../../protocol/phases.js';
import type { CaseState } from './case-state.js';
import { Column } from './columns.js';
import { ANSWERED_OF, type Outcome } from '../../results/outcomes.js';

/** How the exchanges of a case ended. The last transaction of an exchange decides, so each exchange counts once. */
export interface ExchangeEnds {
  started: number;
  /** Exchanges of clients whose exchange before gave no lease, or not all that they asked for. */
  restarts: number;
  refused: number;
  withoutTimelyAnswer: number;
  /** Of `withoutTimelyAnswer`, the exchanges with no answer at all to the DISCOVER or SOLICIT. */
  unheard: number;
}

/** A late answer is no timely answer: the client had given the exchange up. */
function isWithoutTimelyAnswer(outcome: Outcome): boolean {
  return ANSWERED_OF[outcome] === 'late' || ANSWERED_OF[outcome] === 'unanswered';
}

/**
 * Counts how the exchanges ended. A SOLICIT that a REQUEST follows has ended nothing, also if its answer was an offer
 * where the client asked for an immediate lease, or offered one of two leases only. The outcome of the REQUEST
 * counts.
 */
export function exchangeEnds({
  phases,
  transactions,
}: Pick<CaseState, 'phases' | 'transactions'>): ExchangeEnds {
  const ends: ExchangeEnds = { started: 0, restarts: 0, refused: 0, withoutTimelyAnswer: 0, unheard: 0 };
  const steps = phases.map(({ phase, committing }) =>
    SEEKING_PHASES.has(phase) ? { starts: STARTING_PHASES.has(phase), committing } : undefined,
  );
  const stepOf = (transaction: number) => steps[transactions.phase(transaction)];
  const end = (transaction: number): void => {
    const outcome = transactions.outcome(transaction);
    if (outcome === undefined) return;
    if (ANSWERED_OF[outcome] === 'refused') ends.refused++;
    else if (isWithoutTimelyAnswer(outcome)) ends.withoutTimelyAnswer++;
    if (outcome === 'timeout' && stepOf(transaction)?.starts === true) ends.unheard++;
  };
  /** Whether the client sent both messages of one attempt to different servers. An answer of either server counts. */
  const isCopyOf = (transaction: number, before: number): boolean =>
    transactions.attempt(transaction) === transactions.attempt(before) &&
    transactions.server(transaction) !== transactions.server(before);
  const gaveLease = (transaction: number): boolean =>
    stepOf(transaction)?.committing === true && transactions.outcome(transaction) === 'lease';
  /** By client: the last transaction of its exchange so far, + 1. */
  const latest = new Column(Int32Array);
  for (let transaction = 0; transaction < transactions.count; transaction++) {
    const step = transactions.isBegun(transaction) ? stepOf(transaction) : undefined;
    if (step === undefined) continue;
    const client = transactions.client(transaction);
    const before = latest.get(client) - 1;
    const isUnderWay = before >= 0 && stepOf(before)?.starts === true;
    if (isUnderWay && step.starts && isCopyOf(transaction, before)) {
      const outcome = transactions.outcome(before);
      if (outcome !== undefined && isWithoutTimelyAnswer(outcome)) latest.set(client, transaction + 1);
      continue;
    }
    latest.set(client, transaction + 1);
    if (isUnderWay && !step.starts) continue;
    ends.started++;
    if (before >= 0) end(before);
    const comesBack = before >= 0 && gaveLease(before);
    if (transactions.attempt(transaction) > 1 && !comesBack) ends.restarts++;
  }
  for (const transaction of latest.view()) if (transaction > 0) end(transaction - 1);
  return ends;
}
