import { Groups } from '../fold/groups.js';
import type { KnownHoldings } from './holdings.js';

/** The holdings of each lease, in the order in which they began. */
export class HoldingsByLease {
  readonly #holdings: KnownHoldings;
  readonly #groups: Groups;

  constructor(holdings: KnownHoldings, leases: number) {
    this.#holdings = holdings;
    this.#groups = new Groups(holdings.count, leases, (holding) => holdings.lease(holding));
  }

  of(lease: number): Uint32Array {
    const group = this.#groups.of(lease);
    const begun = (holding: number) => this.#holdings.fromUs(holding);
    return group.length > 1 ? group.sort((a, b) => begun(a) - begun(b)) : group;
  }
}
