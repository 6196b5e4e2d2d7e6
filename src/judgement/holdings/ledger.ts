import { Holdings } from './holdings.js';
import { LeaseIndex } from './leases.js';
import type { CaseLayout } from '../../observations/observation.js';
import { HoldingsByLease } from './holdings-by-lease.js';
import { heldConcurrently, latestOf, overlapping, type Conflict } from './overlap.js';
import { UnansweredLeases } from './possible/unanswered.js';
import { SubDelegation } from './sub-delegation.js';

export interface Conflicts {
  concurrent: readonly Conflict[];
  nested: readonly Conflict[];
  /** Nested conflicts that may be none, because the holder of the prefix may have given the lease itself. */
  doubtful: readonly Conflict[];
}

/**
 * Who held which lease of one network, over all of its cases. A lease is the same lease whichever kind of exchange,
 * and whichever server, gave it.
 */
export class Ledger {
  readonly leases = new LeaseIndex();
  readonly holdings = new Holdings();
  readonly unanswered = new UnansweredLeases();
  #byLease: HoldingsByLease | undefined;
  #counted = { holdings: -1, leases: -1 };
  #conflicts: (Conflicts & { of: HoldingsByLease }) | undefined;

  /** By case: the layouts of the cases whose servers may be routers. */
  readonly #layouts = new Map<number, Pick<CaseLayout, 'servers' | 'serverClients'>>();

  /** Declares that the servers of a case may be routers, which lease out of a prefix that was delegated to them. */
  serversMayBeRouters(caseIndex: number, layout: Pick<CaseLayout, 'servers' | 'serverClients'>): void {
    this.#layouts.set(caseIndex, layout);
  }

  /** Whether servers may be routers, which lease out of a prefix that was delegated to them. */
  get mayDelegate(): boolean {
    return this.#layouts.size > 0;
  }

  #delegation(byLease: HoldingsByLease): SubDelegation | undefined {
    const { holdings, leases } = this;
    if (!this.mayDelegate) return undefined;
    const layoutOf = (holding: number) => this.#layouts.get(holdings.caseIndex(holding));
    return new SubDelegation(holdings, byLease, leases, {
      nameOf: (holding) => layoutOf(holding)?.servers[holdings.server(holding)],
      clientOf: (holding) => layoutOf(holding)?.serverClients?.get(holdings.server(holding)),
    });
  }

  /** The holdings by lease, of all grants so far. */
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
   * The conflicts that a client of this case takes part in: leases that two clients held at the same time, and leases
   * inside another client's prefix.
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

  /**
   * The case that counts a conflict: the case in which the latest of its holdings began. So a conflict between two
   * cases counts once.
   */
  caseOf(conflict: Conflict): number {
    return this.holdings.caseIndex(latestOf(this.holdings, conflict));
  }

  #allConflicts(): Conflicts {
    const { holdings, leases, byLease } = this;
    if (this.#conflicts?.of !== byLease) {
      const inside = [...overlapping(holdings, byLease, leases, { delegation: this.#delegation(byLease) })];
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
