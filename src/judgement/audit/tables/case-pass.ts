import type { LeaseRow } from '../../../results/audit.js';
import { leaseText, type CaseTables } from './case-tables.js';
import { addressBytes, PLACE_EXPECTED } from './pools.js';

const ROW_EXPECTED = 'a row for what was acknowledged';

/** One pass over the rows of a case's subnets, as some nodes have them. */
export class CasePass {
  readonly #tables: CaseTables;
  readonly #nodes: readonly string[];
  readonly #found: Uint8Array;
  /** By number of a lease that was given back: whether a row of it was found. */
  readonly #foundPromised: Uint8Array;
  /**
   * Whether a client has a live row, with addresses and prefixes apart. `#several` has the rows of clients with
   * several rows.
   */
  readonly #hasRow: Uint8Array;
  readonly #several = new Map<number, LeaseRow[]>();
  rows = 0;

  constructor(tables: CaseTables, nodes: readonly string[]) {
    this.#tables = tables;
    this.#nodes = nodes;
    this.#found = new Uint8Array(tables.required.count);
    this.#foundPromised = new Uint8Array(tables.promised.all.length);
    this.#hasRow = new Uint8Array(2 * tables.clients);
  }

  /** Takes a row of one of the case's subnets. */
  add(row: LeaseRow): void {
    this.rows++;
    const tables = this.#tables;
    const nodes = this.#nodes;
    const client = tables.identities.clientOf(row);
    const isLive = tables.isLive(row);
    const bytes = addressBytes(row.address);
    const lease = bytes === undefined ? -1 : tables.leaseOf(row, bytes);
    let isExplained = false;
    for (const required of lease < 0 ? [] : tables.required.of(lease)) {
      if (!tables.isExpectedOn(tables.required.servers.get(required), nodes)) continue;
      this.#found[required] = 1;
      isExplained = true;
      const wrong = tables.judge(required, row, client);
      if (wrong !== undefined) tables.report(required, wrong.kind, wrong.detail, nodes);
    }
    this.#checkPromised(lease, row, client, isLive);
    tables.clocks.add(row, client, lease);
    if (!isLive) return;
    const place = bytes === undefined ? 'out-of-pool' : tables.poolsCheck(row, bytes, client);
    if (place !== 'in-pool') tables.reportRow(row, client, place, PLACE_EXPECTED[place], nodes);
    // The row of an offer is nobody's lease yet, so its client may have another one.
    const isOffer = !isExplained && this.#isOffer(row, client, lease);
    if (!isExplained && !isOffer && !this.#mayBe(client, lease)) {
      tables.reportRow(row, client, 'untold', 'only rows that a client was told of', nodes);
    }
    if (client < 0 || isOffer || tables.mayHaveSeveral(client)) return;
    const slot = slotOf(row, client);
    if (this.#hasRow[slot] === 1) this.#several.set(slot, []);
    this.#hasRow[slot] = 1;
  }

  /**
   * Reports the rows that were not found, and the clients that have more leases than they should.
   *
   * @param again the same rows once more; called only if some client has several
   */
  end(again: () => Iterable<LeaseRow>): void {
    if (this.#several.size > 0) this.#reportSeveral(again());
    const { required } = this.#tables;
    for (let one = 0; one < required.count; one++) {
      if (this.#found[one] === 1 || !this.#tables.isExpectedOn(required.servers.get(one), this.#nodes))
        continue;
      const place = this.#tables.placeOf(one);
      if (place === 'in-pool') this.#tables.report(one, 'missing', ROW_EXPECTED, this.#nodes);
      else this.#tables.report(one, place, `${PLACE_EXPECTED[place]}, and ${ROW_EXPECTED}`, this.#nodes);
    }
    this.#foundPromised.forEach((found, number) => {
      if (found === 0) this.#judgePromised(number, undefined, -1, false);
    });
  }

  #checkPromised(lease: number, row: LeaseRow, client: number, isLive: boolean): void {
    const number = lease < 0 ? -1 : this.#tables.promised.numberOf(lease);
    if (number < 0) return;
    this.#foundPromised[number] = 1;
    this.#judgePromised(number, row, client, isLive);
  }

  #judgePromised(number: number, row: LeaseRow | undefined, owner: number, isLive: boolean): void {
    const { promised } = this.#tables;
    const one = promised.all[number];
    if (one === undefined || !this.#tables.isExpectedOn(one.server, this.#nodes)) return;
    const wrong = promised.judge(one, row, owner, isLive);
    if (wrong !== undefined) this.#tables.reportPromised(one, wrong.kind, wrong.detail, this.#nodes);
  }

  #isOffer(row: LeaseRow, client: number, lease: number): boolean {
    return client >= 0 && this.#tables.isReserved(row, client, lease, this.#nodes);
  }

  #mayBe(client: number, lease: number): boolean {
    return client >= 0 && this.#tables.mayHave(client, lease, this.#nodes);
  }

  #reportSeveral(rows: Iterable<LeaseRow>): void {
    const tables = this.#tables;
    for (const row of rows) {
      const client = tables.isLive(row) ? tables.identities.clientOf(row) : -1;
      const rows = this.#several.get(slotOf(row, client));
      if (rows === undefined) continue;
      const bytes = addressBytes(row.address);
      const lease = bytes === undefined ? -1 : tables.leaseOf(row, bytes);
      const isLease = [...(lease < 0 ? [] : tables.required.of(lease))].length > 0;
      if (isLease || !this.#isOffer(row, client, lease)) rows.push(row);
    }
    for (const [first, ...others] of this.#several.values()) {
      if (first === undefined) continue;
      const also = others.map(leaseText);
      const more = also.join(', ');
      const detail = `one live lease for each client, IAID and subnet; this client also has ${more}`;
      tables.reportRow(first, tables.identities.clientOf(first), 'several-leases', detail, this.#nodes, also);
    }
  }
}

function slotOf(row: LeaseRow, client: number): number {
  return 2 * client + (row.leaseType === 'prefix' ? 1 : 0);
}
