import type { Answer, AnswerKind, Observation, Sent, TimedOut } from '../observations/model.js';
import { NO_LEASE, type Exchange, type Reply } from './exchange.js';
import type { TransactionTable } from './transaction-table.js';

export interface RecorderRequest {
  exchange: Exchange;
  caseIndex: number;
  /** What it is given holds until it returns: the next observation is told with the same object. */
  observe: (observation: Observation) => void;
}

/** Tells what happens to the transactions of a case, with one object for each type of observation. */
export class Recorder {
  readonly #exchange: Exchange;
  readonly #table: TransactionTable;
  readonly #observe: (observation: Observation) => void;
  readonly #sent: Sent;
  readonly #answer: Answer;
  readonly #timeout: TimedOut;

  constructor({ exchange, caseIndex, observe }: RecorderRequest, table: TransactionTable) {
    this.#exchange = exchange;
    this.#table = table;
    this.#observe = observe;
    const [{ phase }] = exchange.steps;
    const nobody = { caseIndex, phase, server: 0, client: -1, attempt: 0, transaction: -1 };
    this.#sent = { type: 'sent', ...nobody, intendedAtUs: 0, sentAtUs: 0, retransmission: 0 };
    this.#timeout = { type: 'timeout', ...nobody, atUs: 0 };
    this.#answer = {
      type: 'answer',
      ...nobody,
      receivedAtUs: 0,
      fromServer: 0,
      kind: 'unmatched',
      answerIndex: 0,
      leaseType: exchange.leaseType,
      lease: NO_LEASE,
      prefixLength: 0,
      validLifetime: 0,
      statusCode: 0,
    };
  }

  sent(transaction: number, intendedAtUs: number, sentAtUs: number, retransmission: number): void {
    const sent = this.#sent;
    this.#describe(sent, transaction);
    sent.intendedAtUs = intendedAtUs;
    sent.sentAtUs = sentAtUs;
    sent.retransmission = retransmission;
    this.#observe(sent);
  }

  timedOut(transaction: number, atUs: number): void {
    this.#describe(this.#timeout, transaction);
    this.#timeout.atUs = atUs;
    this.#observe(this.#timeout);
  }

  /**
   * @param transaction -1 where it is nobody's
   * @param reply absent where it could not be read
   */
  answered(
    transaction: number,
    fromServer: number,
    receivedAtUs: number,
    kind: AnswerKind,
    reply: Reply | undefined,
  ): void {
    const answer = this.#answer;
    if (transaction === -1) this.#describeNobody(answer, fromServer);
    else this.#describe(answer, transaction);
    answer.receivedAtUs = receivedAtUs;
    answer.fromServer = fromServer;
    answer.kind = kind;
    answer.answerIndex = transaction === -1 ? 0 : this.#table.answersTo(transaction);
    answer.lease = reply?.lease ?? NO_LEASE;
    answer.prefixLength = reply?.prefixLength ?? 0;
    answer.validLifetime = reply?.validLifetime ?? 0;
    answer.statusCode = reply?.statusCode ?? 0;
    // Only what belongs to the transaction counts as an answer to it.
    if (transaction !== -1 && kind !== 'wrong-client' && kind !== 'wrong-server') {
      this.#table.countAnswer(transaction);
    }
    this.#observe(answer);
  }

  #describe(observation: Observation, transaction: number): void {
    const table = this.#table;
    const { steps } = this.#exchange;
    observation.phase = (steps[table.stepOf(transaction)] ?? steps[0]).phase;
    observation.server = table.serverOf(transaction);
    observation.client = table.clientOf(transaction);
    observation.attempt = table.attemptOf(transaction);
    observation.transaction = transaction;
  }

  #describeNobody(observation: Observation, server: number): void {
    observation.phase = this.#exchange.steps[0].phase;
    observation.server = server;
    observation.client = -1;
    observation.attempt = 0;
    observation.transaction = -1;
  }
}
