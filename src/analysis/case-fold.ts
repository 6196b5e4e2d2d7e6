import {
  GIVING_BACK_PHASES,
  type Answer,
  type AnswerKind,
  type CaseLayout,
  type Observation,
  type Phase,
  type Sent,
} from '../observations/model.js';
import { Acknowledged } from './acknowledged.js';
import { Clients } from './clients.js';
import { assertInLayout } from './bounds.js';
import { caseFigures, serverName, type CaseFigures, type CaseState } from './case-figures.js';
import { Holdings } from './holdings.js';
import { LeaseIndex } from './leases.js';
import { PhaseFold } from './phase-fold.js';
import { NO_BINDING } from './refusals.js';
import { Schedule } from './schedule.js';
import { Traffic } from './traffic.js';
import { Transactions, type AnswerPosition } from './transactions.js';
import { answerWitness, WitnessList } from './witnesses.js';

/** Answers that say something to the client they are for. */
const ANSWERING: ReadonlySet<AnswerKind> = new Set<AnswerKind>(['lease', 'nak', 'no-lease']);

/** Folds the observations of one case; keeps numbers for each transaction, lease and client, no observation. */
export class CaseFold {
  readonly #layout: CaseLayout;
  readonly #phases = new Map<Phase, PhaseFold>();
  readonly #transactions = new Transactions();
  readonly #leases = new LeaseIndex();
  readonly #holdings = new Holdings();
  readonly #clients = new Clients();
  readonly #acknowledged = new Acknowledged();
  readonly #traffic: Traffic;
  readonly #schedule = new Schedule();
  readonly #witnesses: WitnessList;
  readonly #witnessesPerKind: number;
  #committingLeases = 0;
  #lastAtUs = 0;

  /** @param witnessesPerKind how many witnesses of each kind are described; the rest are counted */
  constructor(layout: CaseLayout, witnessesPerKind: number) {
    this.#layout = layout;
    this.#witnessesPerKind = witnessesPerKind;
    this.#traffic = new Traffic(layout.servers.length);
    this.#witnesses = new WitnessList(witnessesPerKind);
    for (const phase of layout.phases) this.#phase(phase);
  }

  /** What was found so far; the fold can go on afterwards. */
  figures(): CaseFigures {
    return caseFigures(this.state());
  }

  /** What the audit of the lease tables works from; not a copy. */
  state(): CaseState {
    return {
      layout: this.#layout,
      phases: [...this.#phases.values()],
      transactions: this.#transactions,
      leases: this.#leases,
      holdings: this.#holdings,
      clients: this.#clients,
      schedule: this.#schedule,
      witnesses: this.#witnesses,
      witnessesPerKind: this.#witnessesPerKind,
      committingLeases: this.#committingLeases,
      lastAtUs: this.#lastAtUs,
      acknowledged: this.#acknowledged,
      traffic: this.#traffic,
    };
  }

  add(observation: Observation): void {
    switch (observation.type) {
      case 'sent':
        this.#sent(observation);
        return;
      case 'timeout':
        this.#lastAtUs = Math.max(this.#lastAtUs, observation.atUs);
        if (this.#open(observation) >= 0) this.#transactions.timedOut(observation.transaction);
        return;
      case 'answer':
        this.#lastAtUs = Math.max(this.#lastAtUs, observation.receivedAtUs);
        this.#answer(observation);
    }
  }

  #sent(sent: Sent): void {
    this.#lastAtUs = Math.max(this.#lastAtUs, sent.sentAtUs);
    if (this.#open(sent) < 0) return;
    this.#transactions.sent(sent.transaction, sent.intendedAtUs, sent.sentAtUs);
    if (sent.attempt === 1 && sent.retransmission === 0 && sent.phase === this.#layout.phases[0]) {
      this.#schedule.started(sent.intendedAtUs, sent.sentAtUs);
    }
    if (sent.retransmission === 0 && this.#phase(sent.phase).committing) {
      this.#acknowledged.requested(sent.client);
    }
    if (GIVING_BACK_PHASES.has(sent.phase)) this.#holdings.end(sent.client, sent.sentAtUs, () => true);
  }

  #answer(answer: Answer): void {
    const phase = this.#phase(answer.phase);
    const transaction = answer.kind === 'unmatched' ? -1 : this.#open(answer);
    if (transaction < 0) {
      phase.unmatched++;
      this.#traffic.unread(answer.fromServer);
      return;
    }
    if (!ANSWERING.has(answer.kind)) this.#traffic.unread(answer.fromServer);
    switch (answer.kind) {
      case 'wrong-client':
        phase.wrongClient++;
        if (phase.committing && givesLease(answer)) this.#wrongClient(phase, answer);
        return;
      case 'wrong-server':
        phase.wrongServer++;
        if (phase.committing && givesLease(answer)) this.#grant(answer, this.#lease(answer));
        return;
      case 'malformed':
        if (!this.#transactions.isAnswered(transaction)) this.#transactions.malformed(transaction);
        else if (this.#transactions.position(transaction, answer.answerIndex) === 'extra')
          phase.extraAnswers++;
        return;
      case 'unmatched':
        return;
      case 'lease':
      case 'nak':
      case 'no-lease': {
        const position = this.#transactions.position(transaction, answer.answerIndex);
        if (position === 'extra') phase.extraAnswers++;
        if (position === 'first' || position === 'extra') this.#traffic.read(answer, phase.committing);
        if (position === 'first' && phase.committing) this.#acknowledged.answered(answer.client);
        if (givesLease(answer)) this.#leaseGiven(phase, answer, position);
        else this.#refused(phase, answer, position);
      }
    }
  }

  #leaseGiven(phase: PhaseFold, answer: Answer, position: AnswerPosition): void {
    const { transaction, client } = answer;
    const type = answer.leaseType === 'prefix' ? 1 : 0;
    const lease = this.#lease(answer);
    if (phase.committing) this.#grant(answer, lease);
    if (position === 'extra' || position === 'extra-continued') {
      const first = this.#transactions.firstLease(transaction, type);
      if (first >= 0 && first !== lease) this.#extraLease(phase, answer, first, lease);
      return;
    }
    const late = this.#transactions.isLate(transaction);
    if (position === 'first' || (late && !this.#transactions.hasLease(transaction)))
      this.#latency(phase, answer);
    this.#transactions.gotLease(transaction, type, lease);
    phase.allocations[type].add(lease, client, answer.attempt === 1);
    if (!phase.committing) {
      if (!late) this.#clients.offered(client, type, answer.attempt, lease);
    } else if (this.#clients.wasOfferedOther(client, type, answer.attempt, lease)) {
      phase.substituted++;
    }
  }

  #refused(phase: PhaseFold, answer: Answer, position: AnswerPosition): void {
    const { transaction, client, receivedAtUs } = answer;
    if (answer.validLifetime === 0 && answer.lease.length > 0) {
      const lease = this.#lease(answer);
      this.#holdings.end(client, receivedAtUs, (held) => held === lease);
    }
    if (position === 'extra' || position === 'extra-continued') return;
    this.#transactions.gotRefusal(transaction, answer.kind === 'nak' ? 'nak' : 'no-lease');
    // A client that has gone on, or is bound, discards a NAK: RFC 2131 figure 5.
    if (this.#transactions.isLate(transaction)) return;
    phase.refusals.add(answer);
    if (position === 'first') this.#latency(phase, answer);
    if (answer.kind === 'nak') this.#holdings.end(client, receivedAtUs, () => true);
    else if (answer.statusCode === NO_BINDING) {
      const prefix = answer.leaseType === 'prefix';
      this.#holdings.end(client, receivedAtUs, (held) => this.#leases.isPrefix(held) === prefix);
    }
  }

  #grant(answer: Answer, lease: number): void {
    this.#committingLeases++;
    const sentAtUs = this.#transactions.sentAtUs(answer.transaction);
    this.#holdings.grant({
      lease,
      client: answer.client,
      server: answer.fromServer,
      receivedAtUs: answer.receivedAtUs,
      requestedAtUs: Number.isNaN(sentAtUs) ? answer.receivedAtUs : sentAtUs,
      validLifetime: answer.validLifetime,
    });
    this.#clients.served(answer.client, answer.attempt);
    this.#acknowledged.granted(answer, lease);
  }

  #latency(phase: PhaseFold, answer: Answer): void {
    const us = answer.receivedAtUs - this.#transactions.intendedAtUs(answer.transaction);
    phase.answeredAfter(us, answer.server);
  }

  #wrongClient(phase: PhaseFold, answer: Answer): void {
    phase.wrongClientLeases++;
    const lease = this.#lease(answer);
    this.#witnesses.add('wrong-client', () => this.#answerWitness(answer, lease, null));
  }

  #extraLease(phase: PhaseFold, answer: Answer, first: number, lease: number): void {
    phase.extraAnswersOtherLease++;
    this.#witnesses.add('extra-answer', () => this.#answerWitness(answer, lease, first));
  }

  #answerWitness(answer: Answer, lease: number, first: number | null) {
    const server = serverName(this.#layout, answer.fromServer);
    return answerWitness(
      answer,
      server,
      this.#leases.text(lease),
      first === null ? null : this.#leases.text(first),
    );
  }

  #lease({ lease, leaseType, prefixLength }: Answer): number {
    return this.#leases.intern(lease, leaseType, prefixLength);
  }

  #phase(phase: Phase): PhaseFold {
    let fold = this.#phases.get(phase);
    if (fold === undefined) {
      fold = new PhaseFold(phase, this.#phases.size, this.#layout.servers);
      this.#phases.set(phase, fold);
    }
    return fold;
  }

  /** @returns the transaction, known from now on, or -1 for an observation that belongs to none */
  #open({ transaction, client, server, attempt, phase }: Observation): number {
    if (transaction < 0) return -1;
    assertInLayout(this.#layout, transaction, client, server);
    if (client < 0) return -1;
    this.#transactions.open(transaction, this.#phase(phase).number, server, attempt === 1);
    return transaction;
  }
}

function givesLease({ kind, lease, validLifetime }: Answer): boolean {
  return kind !== 'nak' && kind !== 'no-lease' && lease.length > 0 && validLifetime > 0;
}
