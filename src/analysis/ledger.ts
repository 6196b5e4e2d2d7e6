import { Holdings } from './holdings.js';
import { LeaseIndex } from './leases.js';
import type { CaseLayout } from '../observations/model.js';
import { heldConcurrently, HoldingsByLease, overlapping, type Conflict } from './overlap.js';
import { SubDelegation } from './sub-delegation.js';

export interface Conflicts {
  concurrent: readonly Conflict[];
  nested: readonly Conflict[];
  /** Nested ones that are none where the lease was given by whoever holds the prefix. */
  doubtful: readonly Conflict[];
}

/**
 * Who held which lease of one network, over all of its cases: a lease is one lease, whichever kind of exchange gave it, and
 * whichever server.
 */
export class Ledger {
  readonly leases = new LeaseIndex();
  readonly holdings = new Holdings();
  #byLease: HoldingsByLease | undefined;
  #counted = { holdings: -1, leases: -1 };
  #conflicts: (Conflicts & { of: HoldingsByLease }) | undefined;

  /** Of each case whose servers may be routers. */
  readonly #layouts = new Map<number, Pick<CaseLayout, 'servers' | 'serverClients'>>();

  /** Where the servers of a case may be routers that lease out of a prefix which they were delegated. */
  serversMayBeRouters(caseIndex: number, layout: Pick<CaseLayout, 'servers' | 'serverClients'>): void {
    this.#layouts.set(caseIndex, layout);
  }

  #delegation(byLease: HoldingsByLease): SubDelegation | undefined {
    const { holdings, leases } = this;
    if (this.#layouts.size === 0) return undefined;
    const layoutOf = (holding: number) => this.#layouts.get(holdings.caseIndex(holding));
    return new SubDelegation(holdings, byLease, leases, {
      nameOf: (holding) => layoutOf(holding)?.servers[holdings.server(holding)],
      clientOf: (holding) => layoutOf(holding)?.serverClients?.get(holdings.server(holding)),
    });
  }

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
   * Leases that two clients held at the same time, and leases inside another client's prefix: those that a client of this case
   * is concerned in.
   */
  conflictsIn(caseIndex: number): Conflicts {
    const { concurrent, nested, doubtful } = this.#allConflicts();
    const isHere = ({ holdings }: Conflict): boolean =>
      holdings.some((holding) => this.holdings.caseIndex(holding) === caseIndex);
    return {
      concurrent: concurrent.filter(isHere),
      nested: nested.filter(isHere),
      doubtful: doubtful.filter(isHere),
    };
  }

  /** The case that a conflict counts in, so that one between two cases is one: in which the latest of its holdings began. */
  caseOf({ holdings: concerned }: Conflict): number {
    const latest = concerned.reduce((one, other) =>
      this.holdings.fromUs(other) >= this.holdings.fromUs(one) ? other : one,
    );
    return this.holdings.caseIndex(latest);
  }

  #allConflicts(): Conflicts {
    const { holdings, leases, byLease } = this;
    if (this.#conflicts?.of !== byLease) {
      const inside = [...overlapping(holdings, byLease, leases, this.#delegation(byLease))];
      this.#conflicts = {
        of: byLease,
        concurrent: [...heldConcurrently(holdings, byLease, leases.size)],
        nested: inside.filter(({ isDoubtful }) => isDoubtful !== true),
        doubtful: inside.filter(({ isDoubtful }) => isDoubtful === true),
      };
    }
    return this.#conflicts;
  }
}
