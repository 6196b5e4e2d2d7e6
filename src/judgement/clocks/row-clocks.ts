import type { LeaseRow } from '../../results/audit.js';
import type { CaseState } from '../fold/case-state.js';
import { INFINITE_LIFETIME } from '../../protocol/leases.js';
import { type Clock } from '../audit/tables/lifetimes.js';
import { agreementOf, type Agreement, type Range } from './offset.js';

/** So many rows of a server tell enough. */
const ROWS = 10_000;

/** `time(2)` may lag behind by a tick of the kernel, which has 100 to 1,000 in a second. */
const TICK_US = 10_000;

/**
 * Reads the clocks of a case's servers from the rows that they wrote. A row has the second in which the server wrote
 * it: `expire` less the valid lifetime. The server did so after the request was sent, and before its answer came.
 */
export class RowClocks {
  readonly #state: CaseState;
  readonly #clock: Clock;
  readonly #ranges: readonly Range[][];

  constructor(state: CaseState, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
    this.#ranges = state.layout.servers.map(() => []);
  }

  /**
   * Takes a row. Only a row whose last write is an answer that arrived tells the time: the client's latest request was
   * granted this lease, with the lifetime that the row has.
   *
   * @param client the client whose identity the row has; -1 for none
   * @param lease its number; -1 for a lease that no client was given
   */
  add({ state, expire, validLifetime, leaseType }: LeaseRow, client: number, lease: number): void {
    if (client < 0 || lease < 0 || state !== 0 || expire === null || leaseType === 'temporary') return;
    const { acknowledged, transactions } = this.#state;
    // The last write may be that of a request whose answer was lost.
    if (this.#state.mayBeProlonged(client)) return;
    const given = acknowledged.of(client, leaseType);
    if (given?.lease !== lease || given.validLifetime !== validLifetime) return;
    if (validLifetime === INFINITE_LIFETIME) return;
    // The server may have dealt with any sending of the request. It notes the time when it begins to.
    const askedAtUs = transactions.sentAtUs(given.transaction);
    const ranges = this.#ranges[given.server];
    if (Number.isNaN(askedAtUs) || ranges === undefined || ranges.length >= ROWS) return;
    const { zeroUnixUs, aheadUs, driftS } = this.#clock;
    const writtenUs = (expire - validLifetime) * 1e6 - (zeroUnixUs - aheadUs);
    const slackUs = TICK_US + driftS * 1e6;
    ranges.push({
      from: writtenUs - given.receivedAtUs - slackUs,
      to: writtenUs + 1e6 - askedAtUs + slackUs,
    });
  }

  /**
   * By server: how far its clock is ahead of the harness's, microseconds. Undefined for a server that wrote no such
   * row, and where most of its rows contradict each other.
   */
  offsets(): (Agreement | undefined)[] {
    return this.#ranges.map((ranges) => {
      const agreement = agreementOf(ranges);
      return agreement !== undefined && agreement.agreeing * 2 > agreement.of ? agreement : undefined;
    });
  }
}
