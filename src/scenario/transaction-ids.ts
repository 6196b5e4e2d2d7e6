import type { Family } from '../protocol/phases.js';
import type { Scenario } from './schema.js';

type Load = Scenario['load'];

/** Transactions of a case that can be judged: what the typed arrays of the analysis can be asked to hold. */
export const TRANSACTION_LIMIT = 2 ** 27;

/** What is waited for an answer that comes late, where ids are as many as the protocol has: nobody runs out of those. */
const LATEST_ANSWER_MS = 60_000;

/** Of a transaction id: RFC 2131 section 2 and RFC 8415 section 8, or fewer where the scenario says so. */
export function idBitsOf(family: Family, { transactionIdBits }: Pick<Load, 'transactionIdBits'>): number {
  const all = family === 4 ? 32 : 24;
  return transactionIdBits === undefined ? all : Math.min(transactionIdBits, all);
}

/**
 * How long after a transaction's place was taken its id is not given again, milliseconds: as long as both messages of an
 * exchange may wait, and an answer may be late.
 */
export function idKeptMs({
  timeoutMs,
  collectOffersMs,
  drainMs,
  transactionIdBits,
}: Pick<Load, 'timeoutMs' | 'collectOffersMs' | 'drainMs' | 'transactionIdBits'>): number {
  return 2 * timeoutMs + collectOffersMs + (transactionIdBits === undefined ? LATEST_ANSWER_MS : drainMs);
}
