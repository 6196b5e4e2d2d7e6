import type { LeaseRow } from '../../evidence/lease-row.js';
import type { CaseState } from '../case-state.js';
import type { Promised } from '../given-back.js';
import type { HoldingsByLease } from '../overlap.js';
import type { FindingKind } from './model.js';

/** `lease_state` of Kea's schema. */
const DECLINED = 1;

/** What the rows must show of leases that clients gave back, which a server confirmed and gave to nobody since. */
export class PromisedRows {
  readonly #state: CaseState;
  readonly #all: readonly Promised[];
  /** Of each lease its number in the list. */
  readonly #ofLease: ReadonlyMap<number, number>;

  /** @param atUs until when at least a declined lease must be on probation */
  constructor(state: CaseState, byLease: HoldingsByLease, atUs: number) {
    const { givenBack, holdings } = state;
    this.#state = state;
    this.#all = [...givenBack.promised(atUs)].filter(({ lease, atUs: givenBackAtUs }) =>
      byLease.of(lease).every((holding) => holdings.fromUs(holding) <= givenBackAtUs),
    );
    this.#ofLease = new Map(this.#all.map(({ lease }, number) => [lease, number]));
  }

  get all(): readonly Promised[] {
    return this.#all;
  }

  /** The number of the one that a row of this lease is about; -1 for none. */
  numberOf(lease: number): number {
    return this.#ofLease.get(lease) ?? -1;
  }

  /** What is wrong with its row, if anything; undefined stands for no row at all. */
  judge(
    { declined, client }: Promised,
    row: LeaseRow | undefined,
    owner: number,
    isLive: boolean,
  ): { kind: FindingKind; detail: string } | undefined {
    if (declined) {
      return row?.state === DECLINED ? undefined : { kind: 'not-declined', detail: 'a declined row' };
    }
    // A request that nobody answered may have brought the client its lease again.
    if (!isLive || owner !== client || this.#state.acknowledged.hasUnanswered(client)) return undefined;
    return { kind: 'still-live', detail: 'no live row of a lease given back' };
  }
}
