import { Holdings } from './holdings.js';
import { LeaseIndex } from './leases.js';
import { heldConcurrently, HoldingsByLease, overlapping, type Conflict } from './overlap.js';

export interface Conflicts {
  concurrent: readonly Conflict[];
  nested: readonly Conflict[];
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

  /** By case and server the client that the server is. */
  readonly #serverClients = new Map<string, number>();

  /** A server is a client as well, by its number over all cases. */
  serverIsClient(caseIndex: number, server: number, owner: number): void {
    this.#serverClients.set(`${caseIndex} ${server}`, owner);
  }

  /** The client that gave this lease itself, as a router does out of its prefix; undefined for one of a mere server. */
  #giverOf(holding: number): number | undefined {
    if (this.#serverClients.size === 0) return undefined;
    const { holdings } = this;
    return this.#serverClients.get(`${holdings.caseIndex(holding)} ${holdings.server(holding)}`);
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
    const { concurrent, nested } = this.#allConflicts();
    const isHere = ({ holdings }: Conflict): boolean =>
      holdings.some((holding) => this.holdings.caseIndex(holding) === caseIndex);
    return { concurrent: concurrent.filter(isHere), nested: nested.filter(isHere) };
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
      this.#conflicts = {
        of: byLease,
        concurrent: [...heldConcurrently(holdings, byLease, leases.size)],
        nested: [...overlapping(holdings, byLease, leases, (holding) => this.#giverOf(holding))],
      };
    }
    return this.#conflicts;
  }
}
