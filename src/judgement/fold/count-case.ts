import { DECLINING_PHASES } from '../../protocol/phases.js';
import type { CaseLayout, Observation, Sent } from '../../observations/observation.js';
import { AnswerFold } from './count-answer.js';
import { caseFigures, type ObservedFigures, type ServerNames } from './case-figures.js';
import type { Gaps } from '../holdings/gaps.js';
import { CaseState, type CasePlace } from './case-state.js';

/** Folds the observations of one case, in order of time. */
export class CaseFold {
  /** What the observations have shown so far. The audit of the lease tables works from it too. */
  readonly state: CaseState;
  readonly #answers: AnswerFold;

  /** The parameters are those of `CaseState`. */
  constructor(
    layout: CaseLayout,
    place: CasePlace,
    witnessesPerKind: number,
    probationS: number | undefined,
    evidence?: ConstructorParameters<typeof CaseState>[4],
    reservedClients?: number,
  ) {
    this.state = new CaseState(layout, place, witnessesPerKind, probationS, evidence, reservedClients);
    this.#answers = new AnswerFold(this.state);
  }

  /** The figures of the observations so far. More observations may follow. */
  figures(serverOf: ServerNames, gaps: Gaps): ObservedFigures {
    return caseFigures(this.state, serverOf, gaps);
  }

  add(observation: Observation): void {
    switch (observation.type) {
      case 'sent':
        this.state.passTime(observation.sentAtUs);
        this.#sent(observation);
        return;
      case 'timeout': {
        this.state.passTime(observation.atUs);
        const transaction = this.state.transactionOf(observation);
        if (transaction >= 0) this.state.transactions.timedOut(transaction);
        return;
      }
      case 'answer':
        this.state.passTime(observation.receivedAtUs);
        this.#answers.add(observation);
    }
  }

  /** Whether this is the first message of a client's first attempt. A message to several servers counts once. */
  #isStart({ attempt, retransmission, phase, client }: Sent): boolean {
    const { layout, clients } = this.state;
    return attempt === 1 && retransmission === 0 && phase === layout.phases[0] && clients.starts(client);
  }

  #sent(sent: Sent): void {
    const { clients, transactions, schedule, series, latencySeries } = this.state;
    this.state.traffic.sent(sent.server);
    if (this.state.transactionOf(sent) < 0) return;
    transactions.sent(sent.transaction, sent.intendedAtUs, sent.sentAtUs);
    this.state.duringFaults?.sent(sent);
    if (this.#isStart(sent)) {
      schedule.started(sent.intendedAtUs, sent.sentAtUs);
      latencySeries.started(sent.intendedAtUs, sent.sentAtUs - sent.intendedAtUs);
      series.count('offered', sent.intendedAtUs);
      series.count('started', sent.sentAtUs);
    }
    if (sent.retransmission === 0) series.count('requests', sent.sentAtUs);
    const phase = this.state.phase(sent.phase);
    if (phase.givesBack) {
      this.state.givenBack.sent(sent);
      if (sent.retransmission === 0) this.state.awaited.sent(sent, phase);
      this.#giveBack(sent);
      if (DECLINING_PHASES.has(sent.phase)) this.state.reserved?.declined(sent.client);
    } else if (sent.retransmission === 0) {
      this.state.unansweredIn(phase)?.sent(sent.client);
      this.state.awaited.sent(sent, phase);
      if (phase.offering && sent.attempt === 1) clients.seeksOffer(sent.client);
      this.state.renewals.claimed(sent);
    }
  }

  /**
   * A RELEASE or DECLINE ends the holdings of the leases that it names. If it names none, it ends all holdings of its
   * client's binding.
   */
  #giveBack(sent: Sent): void {
    const { holdings, leases } = this.state;
    const { unanswered } = this.state.ledger;
    if (sent.names === undefined) {
      const { holder } = this.state.holderOf(sent);
      holdings.giveBackAll(holder, sent.sentAtUs);
      unanswered.end(holder, sent.sentAtUs);
      return;
    }
    for (const { lease, leaseType, prefixLength, ...holder } of sent.names) {
      const binding = this.state.holderOf({ client: sent.client, ...holder });
      if (lease.length === 0) {
        holdings.giveBackAll(binding.holder, sent.sentAtUs);
        unanswered.end(binding.holder, sent.sentAtUs);
        continue;
      }
      const named = leases.intern(lease, leaseType, prefixLength);
      unanswered.giveBack(binding.holder, named, sent.sentAtUs);
      const meant = holdings
        .heldBy(binding.holder, sent.sentAtUs)
        .filter((held) => leases.isMeant(named, held));
      for (const one of meant.length === 0 ? [named] : meant) holdings.giveBack(binding, one, sent.sentAtUs);
    }
  }
}
