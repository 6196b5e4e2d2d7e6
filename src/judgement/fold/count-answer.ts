import { RAPID_PHASES } from '../../protocol/phases.js';
import type { LeaseType } from '../../protocol/leases.js';
import type { Answer } from '../../observations/observation.js';
import { assertAnswerInLayout, assertLeaseType } from './layout-check.js';
import { serverName } from '../checks/server-name.js';
import type { CaseState } from './case-state.js';
import { typeNumber, type PhaseFold } from './count-phase.js';
import { NO_BINDING } from './refusals.js';
import type { AnswerPosition } from './transactions.js';
import { answerWitness } from './witnesses.js';

/** The answers of several servers to one request arrive within this time. */
const ONE_REQUEST_US = 1_000_000;

/** Applies the answers of a case to its state. */
export class AnswerFold {
  readonly #state: CaseState;
  /** The message of the answer before. */
  readonly #before = { transaction: -1, fromServer: -1, receivedAtUs: -1, leaseType: 'address' as LeaseType };

  constructor(state: CaseState) {
    this.#state = state;
  }

  add(answer: Answer): void {
    assertAnswerInLayout(this.#state.layout, answer);
    const phase = this.#state.phase(answer.phase);
    const isContinued = this.#isContinued(answer);
    const transaction = answer.kind === 'unmatched' ? -1 : this.#state.transactionOf(answer);
    if (transaction < 0) {
      phase.unmatched++;
      this.#state.traffic.unread(answer.fromServer);
      // The request was not observed, but the answer names its client. So what the answer gives or takes away counts.
      if (!phase.committing || answer.client < 0) return;
      const askedBeforeUs = answer.receivedAtUs - ONE_REQUEST_US;
      if (isZeroed(answer)) this.#zeroed(answer, askedBeforeUs);
      if (answer.refuses !== undefined) this.#takenAway(answer, askedBeforeUs);
      else if (givesLease(answer)) this.#grant(answer, this.#lease(answer));
      return;
    }
    const { givenBack, transactions } = this.#state;
    givenBack.answeredBy(answer.fromServer, transactions.sentAtUs(transaction), answer.receivedAtUs);
    switch (answer.kind) {
      case 'wrong-client':
        if (!isContinued) {
          phase.wrongClient++;
          this.#state.traffic.unread(answer.fromServer);
        }
        if (phase.committing && givesLease(answer)) this.#wrongClient(phase, answer);
        return;
      case 'wrong-server':
        if (!isContinued) {
          phase.wrongServer++;
          this.#state.traffic.unread(answer.fromServer);
        }
        if (phase.committing && givesLease(answer)) this.#wrongServer(phase, answer);
        return;
      case 'malformed':
        if (!isContinued) this.#state.traffic.unread(answer.fromServer);
        if (!this.#state.transactions.isAnswered(transaction))
          this.#state.transactions.malformed(transaction);
        else if (this.#state.transactions.position(transaction, answer.answerIndex) === 'extra')
          phase.extraAnswers++;
        return;
      case 'unmatched':
        return;
      case 'lease':
      case 'nak':
      case 'no-lease':
      case 'offer': {
        assertLeaseType(this.#state.layout, answer);
        const position = this.#state.transactions.position(transaction, answer.answerIndex);
        if (position === 'extra') phase.extraAnswers++;
        if (position === 'first' || position === 'extra') {
          this.#state.traffic.read(answer, phase.reply);
          this.#state.series.count('answers', answer.receivedAtUs);
        }
        if (phase.givesBack) this.#state.givenBack.answered(answer);
        else if (position === 'first') this.#answeredFirst(phase, answer);
        this.#state.renewals.answered(answer, phase);
        if (answer.kind === 'offer') this.#onlyOffered(phase, answer, position);
        else if (givesLease(answer)) this.#leaseGiven(phase, answer, position);
        else this.#refused(phase, answer, position);
      }
    }
  }

  /** The first answer to a request came, whatever it says. */
  #answeredFirst(phase: PhaseFold, answer: Answer): void {
    const { client, transaction } = answer;
    const { awaited, caseIndex, ledger, transactions } = this.#state;
    this.#state.unansweredIn(phase)?.answered(client);
    if (!phase.committing) return;
    if (transactions.isLate(transaction))
      ledger.unanswered.answered({ ...this.#state.holderOf(answer), caseIndex, transaction });
    awaited.answered(client, transaction);
  }

  #leaseGiven(phase: PhaseFold, answer: Answer, position: AnswerPosition): void {
    const { transaction, client } = answer;
    const type = typeNumber(answer.leaseType);
    const lease = this.#lease(answer);
    if (!this.#state.transactions.isLate(transaction)) this.#state.duringFaults?.offeredOrGave(answer);
    this.#state.clients.told(client, type, answer.validLifetime);
    if (phase.committing) this.#grant(answer, lease);
    if (position === 'extra' || position === 'extra-continued') {
      // A server may answer a repeated message with the same leases in another order: none of them is another lease.
      const { transactions } = this.#state;
      if (transactions.gaveOthersFirst(transaction, type, lease))
        this.#extraLease(phase, answer, transactions.firstLease(transaction, type), lease);
      return;
    }
    const late = this.#state.transactions.isLate(transaction);
    if (position === 'first' || (late && !this.#state.transactions.hasLease(transaction)))
      this.#latency(phase, answer);
    this.#state.transactions.gotLease(transaction, type, lease, answer.fromServer);
    if (phase.committing && !late) this.#state.givenBack.taken(client, type, lease);
    phase.responded(type, lease, answer);
    if (!phase.committing) {
      if (!late) this.#state.clients.offered(client, type, answer.attempt, lease);
    } else if (this.#state.clients.wasOfferedOther(client, type, answer.attempt, lease)) {
      phase.substituted++;
    }
  }

  /**
   * A server answers a request for an immediate lease (Rapid Commit) with an offer only. The offer commits nothing,
   * and the client goes on with a REQUEST.
   */
  #onlyOffered(phase: PhaseFold, answer: Answer, position: AnswerPosition): void {
    if (position === 'extra' || position === 'extra-continued') return;
    if (position === 'first') this.#latency(phase, answer);
    const { transaction, client, attempt, leaseType } = answer;
    this.#state.transactions.gotRefusal(transaction, 'no-lease');
    if (answer.lease.length === 0 || answer.validLifetime === 0) return;
    this.#state.duringFaults?.offeredOrGave(answer);
    this.#state.clients.told(client, typeNumber(leaseType), answer.validLifetime);
    this.#state.clients.offered(client, typeNumber(leaseType), attempt, this.#lease(answer));
  }

  #refused(phase: PhaseFold, answer: Answer, position: AnswerPosition): void {
    const { transaction } = answer;
    const askedAtUs = this.#state.transactions.sentAtUs(transaction);
    // An ADVERTISE commits to nothing, so a refusal in it ends no holding.
    const isFinal = phase.committing || phase.givesBack;
    if (isZeroed(answer)) {
      // A client that has gone on discards a late answer (RFC 8415 section 16).
      if (isFinal && !this.#state.transactions.isLate(transaction)) this.#zeroed(answer, askedAtUs);
      if (this.#state.transactions.gaveBefore(answer, position)) return;
    }
    if (position === 'extra' || position === 'extra-continued') return;
    this.#state.transactions.gotRefusal(transaction, answer.kind === 'nak' ? 'nak' : 'no-lease');
    if (phase.committing) {
      this.#state.series.count('refusals', answer.receivedAtUs);
      this.#state.duringFaults?.refusedBy(answer);
    }
    // A client that has started over, or is bound, discards a NAK (RFC 2131 figure 5).
    if (this.#state.transactions.isLate(transaction)) return;
    phase.refusals.add(answer);
    if (position === 'first') this.#latency(phase, answer);
    if (isFinal) this.#takenAway(answer, askedAtUs);
  }

  /**
   * Ends the holding of a lease that the answer names with a lifetime of zero. As in `#takenAway`, a holding that
   * another server gave in answer to the same request stays.
   */
  #zeroed(answer: Answer, askedBeforeUs: number): void {
    const lease = this.#lease(answer);
    const { holder } = this.#state.holderOf(answer);
    this.#state.holdings.end(holder, answer.receivedAtUs, (held) => held === lease, askedBeforeUs);
  }

  /**
   * Ends the holdings that a refusal takes away. A holding that another server gave in answer to the same request
   * stays: a client takes the first answer, and is bound.
   */
  #takenAway(answer: Answer, askedBeforeUs: number): void {
    const { receivedAtUs, kind, refuses = kind, statusCode } = answer;
    const { holdings, leases } = this.#state;
    const { holder } = this.#state.holderOf(answer);
    if (refuses === 'nak') {
      // A NAK refuses the address that its request names. The client keeps its other leases, which may be of another
      // network.
      const refused = answer.refused && leases.intern(answer.refused, 'address', 32);
      const isRefused = (held: number) => refused === undefined || held === refused;
      holdings.end(holder, receivedAtUs, isRefused, askedBeforeUs);
    } else if (statusCode === NO_BINDING) {
      const prefix = answer.leaseType === 'prefix';
      holdings.end(holder, receivedAtUs, (held) => leases.isPrefix(held) === prefix, askedBeforeUs);
    }
  }

  #grant(answer: Answer, lease: number): void {
    this.#state.committingLeases++;
    this.#state.reserved?.granted(answer, lease);
    this.#state.series.count('leases', answer.receivedAtUs);
    const isAsked = answer.transaction >= 0;
    const sentAtUs = isAsked ? this.#state.transactions.sentAtUs(answer.transaction) : NaN;
    const holder = this.#state.holderOf(answer);
    const requestedAtUs = this.#countsFromUs(answer);
    this.#state.duringFaults?.granted(answer, lease, sentAtUs);
    const firstRequestedAtUs = isAsked ? sentAtUs : answer.receivedAtUs - ONE_REQUEST_US;
    if (!isAsked || !this.#state.renewals.isGivenUp(answer.transaction, holder.holder, requestedAtUs))
      this.#state.holdings.grant({
        lease,
        holder: holder.holder,
        owner: holder.owner,
        caseIndex: this.#state.caseIndex,
        client: answer.client,
        server: answer.fromServer,
        receivedAtUs: answer.receivedAtUs,
        requestedAtUs,
        validLifetime: answer.validLifetime,
        isTimeless: answer.isTimeless === true,
        mayBeOver: this.#state.givenBack.mayBeOvertakenBy(answer, lease, firstRequestedAtUs),
        firstRequestedAtUs,
        isPossible: isAsked && this.#state.transactions.isGivenUp(answer.transaction),
      });
    if (!isAsked) return;
    if (!this.#state.transactions.isGivenUp(answer.transaction))
      this.#state.ledger.unanswered.end(holder.holder, answer.receivedAtUs);
    this.#state.clients.served(answer.client, answer.attempt);
    this.#state.acknowledged.granted(answer, lease);
    if (!Number.isNaN(sentAtUs)) this.#state.givenBack.reused.granted(answer, lease, sentAtUs);
  }

  /**
   * The time from which the lifetime of a lease counts: the latest sending of its request. A server may answer only
   * when the lifetime is over by this count. It has given the lease all the same, so the lifetime then counts from
   * the arrival of the answer. If that answer is an extra one, or comes after the timeout, the lease is over when it
   * arrives.
   */
  #countsFromUs({ transaction, receivedAtUs, validLifetime, answerIndex }: Answer): number {
    const { transactions } = this.#state;
    const sentAtUs = transaction < 0 ? NaN : transactions.lastSentAtUs(transaction);
    if (Number.isNaN(sentAtUs)) return receivedAtUs;
    const isOver = sentAtUs + validLifetime * 1e6 <= receivedAtUs;
    return isOver && answerIndex === 0 && !transactions.isLate(transaction) ? receivedAtUs : sentAtUs;
  }

  #latency(phase: PhaseFold, answer: Answer): void {
    const dueUs = this.#state.transactions.intendedAtUs(answer.transaction);
    const us = answer.receivedAtUs - dueUs;
    if (Number.isNaN(us)) return;
    phase.answeredAfter(us, answer.server);
    this.#state.latencySeries.answered(phase.phase, dueUs, us);
  }

  #wrongClient(phase: PhaseFold, answer: Answer): void {
    phase.wrongClientLeases++;
    const lease = this.#lease(answer);
    this.#state.witnesses.add('wrong-client', () => this.#answerWitness(answer, lease, null));
  }

  /**
   * A lease counts as given also if the client asked another server: no other client may hold it at the same time.
   */
  #wrongServer(phase: PhaseFold, answer: Answer): void {
    phase.wrongServerLeases++;
    const lease = this.#lease(answer);
    this.#grant(answer, lease);
    this.#state.witnesses.add('wrong-server', () => this.#answerWitness(answer, lease, null));
  }

  #extraLease(phase: PhaseFold, answer: Answer, first: number, lease: number): void {
    phase.extraAnswersOtherLease++;
    const isSameServer =
      answer.isOfAnyServer !== true &&
      answer.fromServer === this.#state.transactions.firstLeaseFrom(answer.transaction);
    if (phase.committing && (isSameServer || !RAPID_PHASES.has(phase.phase))) phase.secondLeases++;
    this.#state.witnesses.add('extra-answer', () => this.#answerWitness(answer, lease, first));
  }

  #answerWitness(answer: Answer, lease: number, first: number | null) {
    const server = serverName(this.#state.layout, answer.fromServer);
    return answerWitness(
      answer,
      server,
      this.#state.leases.text(lease),
      first === null ? null : this.#state.leases.text(first),
    );
  }

  /**
   * Whether the answer is of the same message as the answer before. A message with an address and a prefix yields one
   * answer for each.
   */
  #isContinued({ transaction, fromServer, receivedAtUs, leaseType }: Answer): boolean {
    const before = this.#before;
    const is =
      leaseType !== before.leaseType &&
      transaction === before.transaction &&
      fromServer === before.fromServer &&
      receivedAtUs === before.receivedAtUs;
    before.transaction = transaction;
    before.fromServer = fromServer;
    before.receivedAtUs = receivedAtUs;
    before.leaseType = leaseType;
    return is;
  }

  #lease({ lease, leaseType, prefixLength }: Answer): number {
    return this.#state.leases.intern(lease, leaseType, prefixLength);
  }
}

/** Whether an answer takes its lease away. */
export function isZeroed({ validLifetime, lease }: Answer): boolean {
  return validLifetime === 0 && lease.length > 0;
}

/** Whether an answer gives the lease that it names. */
export function givesLease({ kind, lease, validLifetime }: Answer): boolean {
  return kind !== 'nak' && kind !== 'no-lease' && kind !== 'offer' && lease.length > 0 && validLifetime > 0;
}
