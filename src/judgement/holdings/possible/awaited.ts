import type { NamedLease, Sent } from '../../../observations/observation.js';
import type { CaseParts } from '../../fold/case-parts.js';
import type { Clients } from '../../fold/clients.js';
import type { PhaseFold } from '../../fold/count-phase.js';
import { Column } from '../../fold/columns.js';
import { INFINITE_LIFETIME } from '../../../protocol/leases.js';
import type { Unanswered, UnansweredLeases } from './unanswered.js';

type State = Pick<CaseParts, 'caseIndex' | 'transactions' | 'leases' | 'holdings' | 'holderOf'> & {
  readonly clients: Clients;
  readonly ledger: { readonly unanswered: UnansweredLeases };
};

/** A lease that a client asked for. */
type AskedFor = Pick<Unanswered, 'lease' | 'holder' | 'owner'>;

/**
 * The request for a lease that each client waits for an answer to. If the client goes on without one, its server may
 * have given what it asked for. A request for an immediate lease (Rapid Commit) does not tell what that is.
 */
export class Awaited {
  readonly #state: State;
  /** By client: the transaction that it waits for, + 1. */
  readonly #transactions = new Column(Int32Array);
  /** By transaction that a client waits for: the leases that its message names, or that it means to prolong. */
  readonly #asked = new Map<number, readonly AskedFor[]>();

  constructor(state: State) {
    this.#state = state;
  }

  /** A client sends a message for the first time. */
  sent(sent: Sent, phase: Pick<PhaseFold, 'committing' | 'renewing'>): void {
    const { client, transaction, attempt, sentAtUs } = sent;
    const { transactions, ledger } = this.#state;
    const { committing: isForLease, renewing: isRenewal } = phase;
    const before = this.#transactions.get(client) - 1;
    if (before >= 0) {
      const isCopy =
        isForLease &&
        !isRenewal &&
        transactions.attempt(before) === attempt &&
        transactions.phase(before) === transactions.phase(transaction);
      if (isCopy) return;
      for (const one of this.#leasesOf(before)) ledger.unanswered.add(one);
      this.#asked.delete(before);
    }
    if (!isForLease && before < 0) return;
    this.#transactions.set(client, isForLease ? transaction + 1 : 0);
    if (!isForLease) return;
    if (sent.names !== undefined) this.#asked.set(transaction, this.#named(client, sent.names));
    else if (isRenewal) this.#asked.set(transaction, this.#heldBy(client, sentAtUs));
  }

  /** A client gets an answer to a request for a lease, whatever it says. */
  answered(client: number, transaction: number): void {
    const open = this.#transactions.get(client) - 1;
    const { transactions } = this.#state;
    if (open < 0 || transactions.attempt(open) !== transactions.attempt(transaction)) return;
    if (transactions.phase(open) !== transactions.phase(transaction)) return;
    this.#transactions.set(client, 0);
    this.#asked.delete(open);
  }

  /** The leases of the requests that clients wait for answers to so far. */
  *atEnd(): Generator<Unanswered> {
    for (const open of this.#transactions.view()) if (open > 0) yield* this.#leasesOf(open - 1);
  }

  *#leasesOf(transaction: number): Generator<Unanswered> {
    const { transactions, clients, caseIndex, leases } = this.#state;
    const client = transactions.client(transaction);
    const fromUs = transactions.sentAtUs(transaction);
    // An answer that can't be read tells its client nothing.
    if (transactions.isAnswered(transaction) || Number.isNaN(fromUs)) return;
    const of = { caseIndex, client, server: transactions.server(transaction), transaction, fromUs };
    const own = this.#state.holderOf({ client });
    const offered = clients.offeredIn(client, transactions.attempt(transaction));
    const asked = this.#asked.get(transaction) ?? offered.map((lease) => ({ ...own, lease }));
    if (asked.length === 0) yield { ...of, ...own, lease: -1, untilUs: Infinity };
    for (const one of asked) {
      const lifetime = clients.lifetimeTold(client, leases.isPrefix(one.lease) ? 1 : 0);
      if (lifetime === 0) continue;
      const isEndless = lifetime === INFINITE_LIFETIME;
      const untilUs = isEndless ? Infinity : transactions.lastSentAtUs(transaction) + lifetime * 1e6;
      yield { ...of, ...one, untilUs };
    }
  }

  #named(client: number, names: readonly NamedLease[]): AskedFor[] {
    const { leases } = this.#state;
    return names.flatMap(({ lease, leaseType, prefixLength, ...holder }) =>
      lease.length === 0
        ? []
        : [
            {
              ...this.#state.holderOf({ client, ...holder }),
              lease: leases.intern(lease, leaseType, prefixLength),
            },
          ],
    );
  }

  #heldBy(client: number, atUs: number): AskedFor[] {
    const own = this.#state.holderOf({ client });
    return this.#state.holdings.heldBy(own.holder, atUs).map((lease) => ({ ...own, lease }));
  }
}
