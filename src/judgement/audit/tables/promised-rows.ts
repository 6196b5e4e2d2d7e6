import type { FindingKind, LeaseRow } from '../../../results/audit.js';
import type { CaseState } from '../../fold/case-state.js';
import type { Return } from '../../holdings/returns/entries.js';
import type { HoldingsByLease } from '../../holdings/holdings-by-lease.js';

/** The `lease_state` of a declined lease in Kea's schema. */
const DECLINED = 1;

/**
 * What the rows must show of leases that clients gave back. A lease counts if its server confirmed the return, and
 * nobody was given the lease since.
 */
export class PromisedRows {
  readonly #state: CaseState;
  readonly #all: readonly Return[];
  /** By lease: its number in the list. */
  readonly #ofLease: ReadonlyMap<number, number>;

  /** @param atUs a declined lease counts if its probation period lasts beyond this time */
  constructor(state: CaseState, byLease: HoldingsByLease, atUs: number) {
    const { givenBack, holdings } = state;
    this.#state = state;
    this.#all = [...givenBack.promised(atUs)].filter(({ lease, atUs: givenBackAtUs }) =>
      byLease.of(lease).every((holding) => holdings.fromUs(holding) <= givenBackAtUs),
    );
    this.#ofLease = new Map(this.#all.map(({ lease }, number) => [lease, number]));
  }

  get all(): readonly Return[] {
    return this.#all;
  }

  /** The number of a lease in the list; -1 for a lease that is not in it. */
  numberOf(lease: number): number {
    return this.#ofLease.get(lease) ?? -1;
  }

  /**
   * What is wrong with the row of a lease that was given back, if anything. `row` is undefined if there is no row at
   * all.
   */
  judge(
    { declined, client }: Return,
    row: LeaseRow | undefined,
    owner: number,
    isLive: boolean,
  ): { kind: FindingKind; detail: string } | undefined {
    if (declined) {
      return row?.state === DECLINED ? undefined : { kind: 'not-declined', detail: 'a declined row' };
    }
    // A request that nobody answered may have given the client its lease again.
    if (!isLive || owner !== client || this.#state.unansweredForLease.has(client)) return undefined;
    return { kind: 'still-live', detail: 'no live row of a lease given back' };
  }
}
