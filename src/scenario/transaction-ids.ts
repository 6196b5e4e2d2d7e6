import type { Family } from '../protocol/phases.js';
import type { Scenario } from './schema.js';

type Load = Scenario['load'];

/** The most transactions of a case that can be judged: the typed arrays of the analysis hold no more. */
export const TRANSACTION_LIMIT = 2 ** 27;

/** How long a late answer is waited for where a case uses all ids of the protocol. Those never run out. */
const LATEST_ANSWER_MS = 60_000;

/** Of a transaction id: RFC 2131 section 2 and RFC 8415 section 8, or fewer where the scenario says so. */
export function idBitsOf(family: Family, { transactionIdBits }: Pick<Load, 'transactionIdBits'>): number {
  const all = family === 4 ? 32 : 24;
  return transactionIdBits === undefined ? all : Math.min(transactionIdBits, all);
}

/**
 * How long a transaction id is not used again after a transaction took it, in milliseconds. That is as long as both
 * messages of an exchange may wait for answers, and as an answer may be late.
 */
export function idKeptMs({
  timeoutMs,
  collectOffersMs,
  drainMs,
  transactionIdBits,
}: Pick<Load, 'timeoutMs' | 'collectOffersMs' | 'drainMs' | 'transactionIdBits'>): number {
  return 2 * timeoutMs + collectOffersMs + (transactionIdBits === undefined ? LATEST_ANSWER_MS : drainMs);
}
