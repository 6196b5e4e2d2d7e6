/**
 * The exchanges of a case as a stress test counts them. An exchange is one attempt of a client, from its DISCOVER or
 * SOLICIT to the answer to its REQUEST: four messages where all goes well.
 */
export interface ExchangeFigures {
  /** Exchanges started, all attempts. */
  started: number;
  /** Of `started`, the exchanges that a client started because its exchange before came to nothing. */
  restarts: number;
  /**
   * Ended by a NAK, by a status code, by a zero lifetime, by one lease of two, or by silence because there was no
   * free lease.
   */
  refused: number;
  /** Ended by an answer that came after `load.timeoutMs`, could not be read, or did not come at all. */
  withoutTimelyAnswer: number;
  /**
   * Percent of `started`; null where none was. perfdhcp counts these exchanges as drops, and ISC allows 2.5% of them.
   */
  withoutTimelyAnswerPercent: number | null;
  /**
   * First attempts a second on each server, as the scenario plans them: the mean of all stages. Null for an
   * avalanche.
   */
  offeredPerServer: number | null;
  /** `offeredPerServer` times the part of the planned starts that was made in time; null where nobody planned any. */
  achievedPerServer: number | null;
  /** Transactions divided by the number of transaction ids: above 1, ids were used again. Null without a load. */
  timesThroughIds: number | null;
}
