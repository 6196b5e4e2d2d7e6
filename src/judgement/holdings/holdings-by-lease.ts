import type { KnownHoldings } from './holdings.js';

/** The holdings of each lease, in the order in which they began. */
export class HoldingsByLease {
  readonly #holdings: KnownHoldings;
  readonly #ends: Uint32Array;
  readonly #members: Uint32Array;

  constructor(holdings: KnownHoldings, leases: number) {
    this.#holdings = holdings;
    this.#ends = new Uint32Array(leases + 1);
    this.#members = new Uint32Array(holdings.count);
    const ends = this.#ends;
    for (let holding = 0; holding < holdings.count; holding++) bump(ends, holdings.lease(holding) + 1);
    for (let lease = 1; lease <= leases; lease++) ends[lease] = (ends[lease] ?? 0) + (ends[lease - 1] ?? 0);
    // At first `ends` holds the start of each lease's part. Filling moves each start up to the start of the next
    // part, which is the end of its own.
    for (let holding = 0; holding < holdings.count; holding++) {
      this.#members[bump(ends, holdings.lease(holding))] = holding;
    }
  }

  of(lease: number): Uint32Array {
    const start = lease === 0 ? 0 : (this.#ends[lease - 1] ?? 0);
    const group = this.#members.subarray(start, this.#ends[lease] ?? 0);
    const begun = (holding: number) => this.#holdings.fromUs(holding);
    return group.length > 1 ? group.sort((a, b) => begun(a) - begun(b)) : group;
  }
}

export function bump(values: Uint32Array, index: number): number {
  const before = values[index] ?? 0;
  values[index] = before + 1;
  return before;
}
