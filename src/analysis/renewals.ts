import { RENEWING_PHASES, type Answer } from '../observations/model.js';
import { serverName } from './case-figures.js';
import type { CaseState } from './case-state.js';
import type { Witness } from './model.js';
import { NO_BINDING } from './refusals.js';
import type { AnswerPosition } from './transactions.js';

/** Lease tables have whole seconds: for a server a lease may be over this much before it is for its client. */
const GRAIN_US = 2_000_000;

/**
 * Whether clients keep what they hold when they ask for it to be prolonged, at whichever server. An answer takes it away
 * that refuses (NAK, NoBinding, a lifetime of zero), or that names another lease, while the client still had a right to
 * the one it asked about: it held it when the request was first sent, and did when the answer came.
 */
export class Renewals {
  /** Answers to a client that had such a right. */
  judged = 0;
  /** Of these, the ones that took it away. */
  notKept = 0;
  readonly #state: CaseState;

  constructor(state: CaseState) {
    this.#state = state;
  }

  /** To be told of an answer to its client before that changes what the client holds. */
  answered(answer: Answer, position: AnswerPosition): void {
    if (!RENEWING_PHASES.has(answer.phase)) return;
    // What is taken away in favour of another lease was found with that one.
    if (answer.validLifetime === 0 && this.#state.transactions.gaveBefore(answer, position)) return;
    const { leases, holdings, transactions } = this.#state;
    const { client, receivedAtUs, leaseType, transaction } = answer;
    const sentAtUs = transactions.sentAtUs(transaction);
    const held = holdings
      .heldThroughout(client, sentAtUs, receivedAtUs, receivedAtUs + GRAIN_US)
      .filter((lease) => leases.isPrefix(lease) === (leaseType === 'prefix'));
    const [one] = held;
    if (one === undefined) return;
    this.judged++;
    const named =
      answer.lease.length === 0 ? undefined : leases.intern(answer.lease, leaseType, answer.prefixLength);
    if (!takesAway(answer, named, held)) return;
    this.notKept++;
    this.#state.witnesses.add('not-kept', () => this.#witness(answer, one, named, sentAtUs));
  }

  #witness(answer: Answer, held: number, named: number | undefined, sentAtUs: number): Omit<Witness, 'kind'> {
    const { layout, leases } = this.#state;
    const { client, phase, fromServer, receivedAtUs } = answer;
    const lease = leases.text(held);
    return {
      phase,
      lease,
      otherLease: named === undefined || named === held ? null : leases.text(named),
      holders: [
        { client, server: serverName(layout, fromServer), lease, fromUs: sentAtUs, untilUs: receivedAtUs },
      ],
    };
  }
}

function takesAway(
  { kind, statusCode, validLifetime }: Answer,
  named: number | undefined,
  held: readonly number[],
): boolean {
  if (kind === 'nak' || statusCode === NO_BINDING) return true;
  if (named === undefined) return false;
  return validLifetime === 0 ? held.includes(named) : !held.includes(named);
}
