import { Holdings } from './holdings.js';
import { LeaseIndex } from './leases.js';
import { heldConcurrently, HoldingsByLease, overlapping, type Conflict } from './overlap.js';

/**
 * Who held which lease of one network, over all of its cases: a lease is one lease, whichever kind of exchange gave it, and
 * whichever server.
 */
export class Ledger {
  readonly leases = new LeaseIndex();
  readonly holdings = new Holdings();
  #byLease: HoldingsByLease | undefined;
  #counted = { holdings: -1, leases: -1 };

  /** Of all that was told so far. */
  get byLease(): HoldingsByLease {
    const { holdings, leases } = this;
    const counted = { holdings: holdings.count, leases: leases.size };
    if (
      this.#byLease === undefined ||
      counted.holdings !== this.#counted.holdings ||
      counted.leases !== this.#counted.leases
    ) {
      this.#byLease = new HoldingsByLease(holdings, leases.size);
      this.#counted = counted;
    }
    return this.#byLease;
  }

  /**
   * Leases that two clients held at the same time, and leases inside another client's prefix. Each belongs to the case in
   * which the latest of its holdings began.
   */
  conflictsIn(caseIndex: number): { concurrent: Conflict[]; nested: Conflict[] } {
    const { holdings, leases, byLease } = this;
    const isHere = (conflict: Conflict): boolean => this.#latestCase(conflict) === caseIndex;
    return {
      concurrent: [...heldConcurrently(holdings, byLease, leases.size)].filter(isHere),
      nested: [...overlapping(holdings, byLease, leases)].filter(isHere),
    };
  }

  #latestCase({ holdings: concerned }: Conflict): number {
    const latest = concerned.reduce((one, other) =>
      this.holdings.fromUs(other) >= this.holdings.fromUs(one) ? other : one,
    );
    return this.holdings.caseIndex(latest);
  }
}
