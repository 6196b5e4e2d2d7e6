import type { LeaseType } from '../../protocol/leases.js';
import type { Answer, AnswerKind, Observation, Sent, TimedOut } from '../../observations/observation.js';
import {
  NO_LEASE,
  type Exchange,
  type Reply,
  type HeldLease,
  type ReplyPart,
} from '../exchanges/exchange.js';
import type { TransactionTable } from './transaction-table.js';

export interface RecorderRequest {
  exchange: Exchange;
  caseIndex: number;
  /**
   * Takes each observation. The object is valid until the call returns: the next observation uses the same object.
   */
  observe: (observation: Observation) => void;
}

/** Reports what happens to the transactions of a case. There is one object for each type of observation. */
export class Recorder {
  readonly #exchange: Exchange;
  readonly #table: TransactionTable;
  readonly #observe: (observation: Observation) => void;
  readonly #sent: Sent;
  readonly #answer: Answer;
  readonly #timeout: TimedOut;
  /** The content of an answer that could not be read. */
  readonly #nothing: ReplyPart;

  constructor({ exchange, caseIndex, observe }: RecorderRequest, table: TransactionTable) {
    this.#exchange = exchange;
    this.#table = table;
    this.#observe = observe;
    const [leaseType] = exchange.leaseTypes;
    this.#nothing = {
      leaseType,
      kind: 'no-lease',
      lease: NO_LEASE,
      prefixLength: 0,
      validLifetime: 0,
      renewAfter: Infinity,
      rebindAfter: Infinity,
      statusCode: 0,
      endsLease: false,
      withdrawn: undefined,
    };
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
      leaseType,
      lease: NO_LEASE,
      prefixLength: 0,
      validLifetime: 0,
      statusCode: 0,
    };
  }

  sent(transaction: number, intendedAtUs: number, sentAtUs: number, retransmission: number): void {
    const sent = this.#sent;
    this.#describe(sent, transaction);
    if (retransmission === 0) this.#table.left(transaction, sentAtUs);
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

  /** Records a reply that belongs to its transaction. */
  answered(transaction: number, fromServer: number, receivedAtUs: number, reply: Reply): void {
    this.#describeAnswer(transaction, fromServer, receivedAtUs);
    this.#table.countAnswer(transaction);
    const isOnlyOffer =
      reply.answer === 'offer' && this.#exchange.steps[this.#table.stepOf(transaction)]?.answer === 'either';
    for (const part of reply.parts) {
      this.#tell(isOnlyOffer && part.kind === 'lease' ? 'offer' : part.kind, part);
      if (part.withdrawn !== undefined) this.#withdraw(part.leaseType, part.withdrawn);
    }
  }

  /**
   * Records an answer that belongs to no transaction. An answer to an earlier owner of the transaction id counts as
   * unmatched too.
   */
  unmatched(fromServer: number, receivedAtUs: number, reply: Reply): void {
    this.#describeAnswer(-1, fromServer, receivedAtUs);
    this.#tell('unmatched', reply.parts[0]);
  }

  /**
   * Records an answer that is for another client than its transaction's, or comes from another server, by its socket
   * or by its server identifier. The reply is absent where the answer could not be read.
   */
  astray(
    transaction: number,
    fromServer: number,
    receivedAtUs: number,
    kind: 'wrong-client' | 'wrong-server',
    reply: Reply | undefined,
  ): void {
    this.#describeAnswer(transaction, fromServer, receivedAtUs);
    if (reply === undefined) this.#tell(kind, this.#nothing);
    else for (const part of reply.parts) this.#tell(kind, part);
  }

  /**
   * Records an answer that could not be read.
   *
   * @param transaction -1 where the answer belongs to no transaction
   */
  malformed(transaction: number, fromServer: number, receivedAtUs: number): void {
    this.#describeAnswer(transaction, fromServer, receivedAtUs);
    if (transaction !== -1) this.#table.countAnswer(transaction);
    this.#tell('malformed', this.#nothing);
  }

  #describeAnswer(transaction: number, fromServer: number, receivedAtUs: number): void {
    const answer = this.#answer;
    answer.receivedAtUs = receivedAtUs;
    if (transaction === -1) this.#describeNobody(answer, fromServer);
    else {
      this.#describe(answer, transaction);
      // The kernel's time of arrival is that of the machine's clock. If that clock is set meanwhile, an answer may seem older
      // than its question.
      answer.receivedAtUs = Math.max(receivedAtUs, this.#table.leftUs(transaction));
    }
    answer.fromServer = fromServer;
    answer.answerIndex = transaction === -1 ? 0 : this.#table.answersTo(transaction);
  }

  /** Records a lease that the reply names with a lifetime of zero, beside another lease that it gives. */
  #withdraw(leaseType: LeaseType, { prefix, prefixLength }: HeldLease): void {
    const answer = this.#answer;
    answer.kind = 'no-lease';
    answer.leaseType = leaseType;
    answer.lease = prefix;
    answer.prefixLength = prefixLength;
    answer.validLifetime = 0;
    answer.statusCode = 0;
    this.#observe(answer);
  }

  #tell(kind: AnswerKind, part: ReplyPart): void {
    const answer = this.#answer;
    answer.kind = kind;
    answer.leaseType = part.leaseType;
    answer.lease = part.lease;
    answer.prefixLength = part.prefixLength;
    answer.validLifetime = part.validLifetime;
    answer.statusCode = part.statusCode;
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
