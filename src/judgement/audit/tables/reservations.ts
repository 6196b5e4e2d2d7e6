import type { LeaseRow } from '../../../results/audit.js';
import type { CaseState } from '../../fold/case-state.js';

/**
 * The rows that offers store (Kea manual, "Offer Lifetime"): a lease with the lifetime of an offer, until the client
 * requests it. Such a row is nobody's lease yet. So an OFFER is enough to explain the row, and the row does not count
 * as that of an acknowledged lease.
 */
export class Reservations {
  readonly #state: Pick<CaseState, 'unansweredForOffer'>;
  readonly #lifetime: number;
  readonly #wasOffered: readonly ((lease: number, client: number) => boolean)[];

  /** @param lifetime of an offer, seconds; 0 where offers store nothing */
  constructor(state: Pick<CaseState, 'unansweredForOffer' | 'phases'>, lifetime: number) {
    this.#state = state;
    this.#lifetime = lifetime;
    // DHCPv4 leases addresses only, and `allocations` has those of addresses first.
    const offering = lifetime === 0 ? [] : state.phases.filter(({ committing }) => !committing);
    this.#wasOffered = offering.map(({ allocations }) => allocations[0].lookup());
  }

  /** Whether the client was offered the lease, or may have been offered it by an answer that never came. */
  explain({ validLifetime }: LeaseRow, client: number, lease: number): boolean {
    if (this.#lifetime === 0 || validLifetime !== this.#lifetime) return false;
    return (
      this.#state.unansweredForOffer.has(client) ||
      (lease >= 0 && this.#wasOffered.some((has) => has(lease, client)))
    );
  }
}
