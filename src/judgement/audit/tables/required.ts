import type { CaseState } from '../../fold/case-state.js';
import { Column } from '../../fold/columns.js';
import type { HoldingsByLease } from '../../holdings/holdings-by-lease.js';

/**
 * The acknowledged leases that a table must show: those that clients still hold when the table is read. It keeps
 * numbers only, so that a million leases are no burden, and finds them by lease.
 */
export class Required {
  readonly clients = new Column(Int32Array);
  readonly leases = new Column(Int32Array);
  readonly servers = new Column(Uint8Array);
  /** When the request was first sent, and when the last answer with the lease came, microseconds. */
  readonly requestedAtUs = new Column(Float64Array);
  readonly receivedAtUs = new Column(Float64Array);
  /** Valid lifetimes, seconds. */
  readonly lifetimes = new Column(Float64Array);
  /**
   * `#firstOfLease`: for each lease, the first entry that requires it, + 1. `#next`: for each entry, the next entry
   * with the same lease, + 1.
   */
  readonly #firstOfLease: Int32Array;
  readonly #next = new Column(Int32Array);

  constructor(
    { acknowledged, caseIndex, duringFaults, holdings, leases, transactions }: CaseState,
    byLease: HoldingsByLease,
    atUs: number,
  ) {
    this.#firstOfLease = new Int32Array(leases.size);
    for (const { client, lease, server, transaction, receivedAtUs, validLifetime } of acknowledged.all()) {
      const isHeld = byLease
        .of(lease)
        .some(
          (holding) =>
            holdings.caseIndex(holding) === caseIndex &&
            holdings.client(holding) === client &&
            holdings.untilUs(holding) > atUs,
        );
      const isStored = (): boolean =>
        duringFaults?.mustBeStored(client, lease) === true && receivedAtUs + validLifetime * 1e6 > atUs;
      if (!isHeld && !isStored()) continue;
      const sentAtUs = transactions.sentAtUs(transaction);
      const required = this.clients.push(client);
      this.leases.push(lease);
      this.servers.push(server);
      this.requestedAtUs.push(Number.isNaN(sentAtUs) ? receivedAtUs : sentAtUs);
      this.receivedAtUs.push(receivedAtUs);
      this.lifetimes.push(validLifetime);
      this.#next.push(this.#firstOfLease[lease] ?? 0);
      this.#firstOfLease[lease] = required + 1;
    }
  }

  get count(): number {
    return this.clients.length;
  }

  /** The entries that require this lease: one, unless the lease was given twice. */
  *of(lease: number): Generator<number> {
    for (let link = this.#firstOfLease[lease] ?? 0; link !== 0; link = this.#next.get(link - 1))
      yield link - 1;
  }
}
