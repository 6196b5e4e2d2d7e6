import { RENEWING_PHASES } from '../../../protocol/phases.js';
import type { NamedLease, Sent } from '../../../observations/observation.js';
import type { CaseParts } from '../../fold/case-parts.js';
import type { Clients } from '../../fold/clients.js';
import { Column } from '../../fold/columns.js';
import { INFINITE_LIFETIME } from '../holdings.js';
import type { Unanswered, UnansweredLeases } from './unanswered.js';

type State = Pick<CaseParts, 'caseIndex' | 'transactions' | 'leases' | 'holdings' | 'holderOf'> & {
  readonly clients: Clients;
  readonly ledger: { readonly unanswered: UnansweredLeases };
};

/**
 * The request for a lease that each client waits for an answer to. If the client goes on without one, its server may
 * have given what it asked for. A request for an immediate lease (Rapid Commit) does not tell what that is.
 */
export class Awaited {
  readonly #state: State;
  /** By client: the transaction that it waits for, + 1. */
  readonly #transactions = new Column(Int32Array);
  /** By transaction that a client waits for: the leases that its message names. */
  readonly #names = new Map<number, readonly NamedLease[]>();

  constructor(state: State) {
    this.#state = state;
  }

  /** A client sends a message for the first time. */
  sent({ client, transaction, attempt, phase, names, sentAtUs }: Sent, isForLease: boolean): void {
    const { transactions, ledger } = this.#state;
    const before = this.#transactions.get(client) - 1;
    if (before >= 0) {
      const isCopy =
        isForLease &&
        transactions.attempt(before) === attempt &&
        transactions.phase(before) === transactions.phase(transaction) &&
        !RENEWING_PHASES.has(phase);
      if (isCopy) return;
      for (const one of this.#leasesOf(before, sentAtUs)) ledger.unanswered.add(one);
      this.#names.delete(before);
    }
    if (!isForLease && before < 0) return;
    this.#transactions.set(client, isForLease ? transaction + 1 : 0);
    if (isForLease && names !== undefined) this.#names.set(transaction, names);
  }

  /** A client in time gets an answer to a request for a lease, whatever it says. */
  answered(client: number, transaction: number): void {
    const open = this.#transactions.get(client) - 1;
    const { transactions } = this.#state;
    if (open < 0 || transactions.attempt(open) !== transactions.attempt(transaction)) return;
    this.#transactions.set(client, 0);
    this.#names.delete(open);
  }

  /** The leases of the requests that clients wait for answers to at the end. */
  *atEnd(atUs: number): Generator<Unanswered> {
    for (const open of this.#transactions.view()) if (open > 0) yield* this.#leasesOf(open - 1, atUs);
  }

  /** @param nowUs no earlier than any time that was passed before */
  *#leasesOf(transaction: number, nowUs: number): Generator<Unanswered> {
    const { transactions, clients, caseIndex } = this.#state;
    const client = transactions.client(transaction);
    const fromUs = transactions.sentAtUs(transaction);
    const lifetime = clients.lifetimeTold(client);
    if (!transactions.isSilent(transaction) || Number.isNaN(fromUs) || lifetime === 0) return;
    const untilUs =
      lifetime === INFINITE_LIFETIME ? Infinity : transactions.lastSentAtUs(transaction) + lifetime * 1e6;
    const server = transactions.server(transaction);
    for (const one of this.#askedFor(transaction, client, nowUs))
      yield { ...one, caseIndex, client, server, fromUs, untilUs };
  }

  #askedFor(
    transaction: number,
    client: number,
    nowUs: number,
  ): Pick<Unanswered, 'lease' | 'holder' | 'owner'>[] {
    const { leases, clients, transactions, holdings } = this.#state;
    const named = this.#names.get(transaction);
    if (named !== undefined)
      return named.flatMap(({ lease, leaseType, prefixLength, ...holder }) =>
        lease.length === 0
          ? []
          : [
              {
                ...this.#state.holderOf({ client, ...holder }),
                lease: leases.intern(lease, leaseType, prefixLength),
              },
            ],
      );
    const own = this.#state.holderOf({ client });
    const offered = clients.offeredIn(client, transactions.attempt(transaction));
    const asked = offered.length > 0 ? offered : holdings.heldBy(own.holder, nowUs);
    return asked.map((lease) => ({ ...own, lease }));
  }
}
