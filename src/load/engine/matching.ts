import { isAnswerTo, type Exchange, type Reply } from '../exchanges/exchange.js';
import type { Messages } from '../exchanges/messages.js';
import type { TransactionTable } from './transaction-table.js';

/**
 * Finds the transaction that an answer belongs to. Several transactions may share a transaction id: those of other
 * steps, or at other servers.
 */
export class Matching {
  readonly #exchange: Exchange;
  readonly #table: TransactionTable;
  readonly #messages: Messages;

  constructor(exchange: Exchange, table: TransactionTable, messages: Messages) {
    this.#exchange = exchange;
    this.#table = table;
    this.#messages = messages;
  }

  /**
   * The transaction that has begun under the answer's id, and whose message has answers of this kind. One at this
   * server is preferred to one at another; -1 for none.
   */
  answeredBy(reply: Reply, server: number): number {
    const table = this.#table;
    const { steps } = this.#exchange;
    let elsewhere = -1;
    for (
      let transaction = this.#messages.transactionOf(reply.id);
      transaction !== -1;
      transaction = table.nextUnderId(transaction)
    ) {
      const step = steps[table.stepOf(transaction)];
      if (!table.isBegun(transaction) || step === undefined || !isAnswerTo(step, reply)) continue;
      if (table.serverOf(transaction) === server) return transaction;
      if (elsewhere === -1) elsewhere = transaction;
    }
    return elsewhere;
  }

  /**
   * The transaction that an unreadable answer from this server is taken to answer: the last one at this server under
   * the id that waits; else the first one there; else the first one elsewhere; -1 for none.
   */
  latestUnder(id: number, server: number): number {
    const table = this.#table;
    let latest = -1;
    for (
      let transaction = this.#messages.transactionOf(id);
      transaction !== -1;
      transaction = table.nextUnderId(transaction)
    ) {
      if (!table.isBegun(transaction)) continue;
      const isHere = table.serverOf(transaction) === server;
      const wasHere = latest !== -1 && table.serverOf(latest) === server;
      if (latest === -1 || (isHere && (!wasHere || table.isWaiting(transaction)))) latest = transaction;
    }
    return latest;
  }
}
