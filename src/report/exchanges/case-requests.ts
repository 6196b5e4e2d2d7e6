import { Column } from '../../judgement/fold/columns.js';
import { givesLease, isZeroed } from '../../judgement/fold/count-answer.js';
import { typeNumber } from '../../judgement/fold/count-phase.js';
import { refusalReason } from '../../judgement/fold/refusals.js';
import { Transactions } from '../../judgement/fold/transactions.js';
import { LeaseIndex } from '../../judgement/holdings/leases.js';
import type { Answer, CaseLayout, Observation, Sent } from '../../observations/observation.js';
import type { Outcome } from '../../results/outcomes.js';
import { PHASES } from '../../protocol/phases.js';
import { FurtherEvents } from './further-events.js';

/** A lease was given to more than one client. */
const SEVERAL = -1;

/**
 * The requests of a case: each is a message with its retransmissions and its answers. The outcomes are those of the
 * judgement, as both take them from `Transactions`. Some 50 bytes are kept for each request.
 */
export class CaseRequests {
  readonly layout: CaseLayout;
  readonly leases = new LeaseIndex();
  readonly further = new FurtherEvents();
  readonly #transactions = new Transactions();
  /** When the answer came that decided, or else the time was up. */
  readonly #endedAtUs = new Column(Float64Array);
  /** By transaction: the place of the reason in `#reasons`; 0 for none. */
  readonly #reasonOf = new Column(Uint8Array);
  readonly #reasons = [''];
  /** By phase, as a place in `PHASES`, and by lease: the client that was given the lease + 1, or `SEVERAL`. */
  readonly #givenTo: (Column<Int32Array> | undefined)[] = [];

  constructor(layout: CaseLayout) {
    this.layout = layout;
  }

  /** @returns whether a request begins with it */
  add(observation: Observation): boolean {
    const { transaction } = observation;
    switch (observation.type) {
      case 'sent':
        return this.#sent(observation);
      case 'timeout':
        if (!this.#transactions.isAnswered(transaction)) this.#endedAtUs.set(transaction, observation.atUs);
        this.#transactions.timedOut(transaction);
        return false;
      case 'answer':
        this.#answered(observation);
        return false;
    }
  }

  has(transaction: number): boolean {
    return transaction >= 0 && this.#transactions.isBegun(transaction);
  }

  /** The place of its phase in `PHASES`. */
  phase(transaction: number): number {
    return this.#transactions.phase(transaction);
  }

  server(transaction: number): number {
    return this.#transactions.server(transaction);
  }

  client(transaction: number): number {
    return this.#transactions.client(transaction);
  }

  attempt(transaction: number): number {
    return this.#transactions.attempt(transaction);
  }

  sentAtUs(transaction: number): number {
    return this.#transactions.sentAtUs(transaction);
  }

  /** Undefined for a request whose time was not up when the run ended. */
  endedAtUs(transaction: number): number | undefined {
    const atUs = this.#endedAtUs.get(transaction);
    return atUs === 0 ? undefined : atUs;
  }

  outcome(transaction: number): Outcome {
    return this.#transactions.outcome(transaction) ?? 'timeout';
  }

  /** Why the answer gave no lease; empty for one that gave all that was asked for. */
  reason(transaction: number): string {
    return this.#reasons[this.#reasonOf.get(transaction)] ?? '';
  }

  /** The leases of the first answer: an address, a prefix, or both. */
  leasesOf(transaction: number): number[] {
    return ([0, 1] as const)
      .map((type) => this.#transactions.firstLease(transaction, type))
      .filter((lease) => lease >= 0);
  }

  /** Whether a lease of this request was given to another client too, in the same phase at any time. */
  isShared(transaction: number): boolean {
    const givenTo = this.#givenTo[this.phase(transaction)];
    if (givenTo === undefined) return false;
    const isSeveral = (type: 0 | 1): boolean => {
      const lease = this.#transactions.firstLease(transaction, type);
      return lease >= 0 && givenTo.get(lease) === SEVERAL;
    };
    return isSeveral(0) || isSeveral(1);
  }

  #sent(sent: Sent): boolean {
    const { transaction, phase, server, attempt, client } = sent;
    const begins = !this.#transactions.isBegun(transaction);
    if (begins) this.#transactions.begin(transaction, PHASES.indexOf(phase), server, attempt, client);
    else this.further.add(transaction, 'sent again', sent.sentAtUs);
    this.#transactions.sent(transaction, sent.intendedAtUs, sent.sentAtUs);
    return begins;
  }

  #answered(answer: Answer): void {
    const { transaction, kind, receivedAtUs, answerIndex } = answer;
    const lease = answer.lease.length === 0 ? -1 : this.#lease(answer);
    switch (kind) {
      case 'unmatched':
        return;
      case 'wrong-client':
        this.further.add(transaction, 'an answer for another client', receivedAtUs, lease);
        return;
      case 'wrong-server':
        this.further.add(transaction, 'an answer of another server', receivedAtUs, lease);
        return;
      case 'malformed':
        this.further.add(transaction, 'an answer that can not be read', receivedAtUs);
        if (this.#transactions.isAnswered(transaction)) return;
        this.#transactions.malformed(transaction);
        this.#endedAtUs.set(transaction, receivedAtUs);
        return;
      case 'lease':
      case 'nak':
      case 'no-lease':
      case 'offer': {
        const position = this.#transactions.position(transaction, answerIndex);
        if (position === 'extra') this.further.add(transaction, 'another answer', receivedAtUs, lease);
        if (position === 'extra' || position === 'extra-continued') return;
        const gives = givesLease(answer);
        // A late refusal changes nothing: the client has gone on.
        if (position === 'first' && (gives || !this.#transactions.isLate(transaction)))
          this.#endedAtUs.set(transaction, receivedAtUs);
        if (gives) this.#given(answer, lease);
        else if (!isZeroed(answer) || !this.#transactions.gaveBefore(answer, position)) this.#refused(answer);
      }
    }
  }

  #given({ transaction, leaseType, fromServer, client }: Answer, lease: number): void {
    this.#transactions.gotLease(transaction, typeNumber(leaseType), lease, fromServer);
    const givenTo = (this.#givenTo[this.phase(transaction)] ??= new Column(Int32Array));
    const before = givenTo.get(lease);
    if (before === 0) givenTo.set(lease, client + 1);
    else if (before !== client + 1) givenTo.set(lease, SEVERAL);
  }

  #refused(answer: Answer): void {
    this.#transactions.gotRefusal(answer.transaction, answer.kind === 'nak' ? 'nak' : 'no-lease');
    const reason = answer.kind === 'offer' ? 'only offered' : refusalReason(answer);
    let place = this.#reasons.indexOf(reason);
    if (place === -1 && this.#reasons.length < 256) place = this.#reasons.push(reason) - 1;
    if (place > 0) this.#reasonOf.set(answer.transaction, place);
  }

  #lease({ lease, leaseType, prefixLength }: Answer): number {
    return this.leases.intern(lease, leaseType, prefixLength);
  }
}
