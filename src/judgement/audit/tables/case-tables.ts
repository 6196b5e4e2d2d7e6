import { familyOfPhases } from '../../../protocol/phases.js';
import type { FindingKind, LeaseRow } from '../../../results/audit.js';
import type { SubnetEvidence, SystemEvidence } from '../../../evidence/system.js';
import { RowClocks } from '../../clocks/row-clocks.js';
import { relayOf } from '../../../load/sockets/relays.js';
import { serverName } from '../../checks/server-name.js';
import type { HoldingsByLease } from '../../holdings/holdings-by-lease.js';
import type { CaseState } from '../../fold/case-state.js';
import type { Return } from '../../holdings/returns/entries.js';
import { addressOf, Findings, type NewFinding } from '../finding-list.js';
import type { WhoseRows } from '../input.js';
import { Identities } from './identities.js';
import { expiryOf, heldWhenRead, isLive, mayBeFor, type Clock } from './lifetimes.js';
import { LostLeases } from './lost-leases.js';
import { addressBytes, Pools, type Place } from './pools.js';
import { PromisedRows } from './promised-rows.js';
import { Required } from './required.js';
import { Reservations } from './reservations.js';

export interface CaseTablesRequest {
  state: CaseState;
  caseIndex: number;
  whose: WhoseRows;
  /** The subnets, in the order of the relays that select them. */
  subnets: readonly [SubnetEvidence, ...SubnetEvidence[]];
  clock: Clock;
  /** For how many seconds an offer reserves its lease; 0 where offers store nothing. */
  offerLifetime: number;
  system: Pick<SystemEvidence, 'replicated' | 'servers' | 'ownRowsOnly'>;
}

/** Findings about an acknowledged lease whose row is there, and is its client's. */
const STORED: ReadonlySet<FindingKind> = new Set<FindingKind>(['expiry', 'lifetime']);

/** The audit of one case: compares what clients were told with the rows of the case's subnets. */
export class CaseTables {
  readonly findings = new Findings();
  readonly identities: Identities;
  readonly required: Required;
  readonly subnetIds: readonly number[];
  /** The leases that clients gave back. */
  readonly promised: PromisedRows;
  /** The acknowledged leases that were found lost so far. */
  readonly lost: LostLeases;
  /** What the rows tell of the servers' clocks. */
  readonly clocks: RowClocks;
  readonly #request: CaseTablesRequest;
  readonly #byLease: HoldingsByLease;
  /** The pools of each subnet, in the order of `subnetIds`. */
  readonly #pools: readonly [Pools, ...Pools[]];
  readonly #reservations: Reservations;
  /** By server: the node that the server is pinned to, if only that node has the server's rows. */
  readonly #onlyNode: readonly (string | undefined)[];

  constructor(request: CaseTablesRequest) {
    const { state, caseIndex, whose, subnets, system, clock } = request;
    const { layout } = state;
    this.#request = request;
    const [first, ...further] = subnets;
    this.#pools = [new Pools(first), ...further.map((subnet) => new Pools(subnet))];
    this.subnetIds = subnets.map(({ id }) => id);
    this.#byLease = state.ledger.byLease;
    this.clocks = new RowClocks(state, clock);
    this.#reservations = new Reservations(state, request.offerLifetime);
    this.promised = new PromisedRows(state, this.#byLease, heldWhenRead(clock));
    this.required = new Required(state, this.#byLease, heldWhenRead(clock));
    this.lost = new LostLeases(this.required, state);
    this.identities = new Identities(whose, layout, caseIndex);
    this.#onlyNode = layout.servers.map((server) =>
      system.replicated
        ? undefined
        : system.servers.find(({ name }) => name === `${layout.name} ${server}`)?.node,
    );
  }

  /** Whether a row is of one of the case's subnets. */
  has({ subnet }: LeaseRow): boolean {
    return this.subnetIds.includes(subnet);
  }

  get isV4(): boolean {
    return familyOfPhases(this.#request.state.layout.phases) === 4;
  }

  get clients(): number {
    return this.#request.state.layout.clients;
  }

  /**
   * Whether a row lies in the right pools: those of its client's subnet, or those of its own subnet if no client is
   * known.
   */
  poolsCheck(row: LeaseRow, bytes: Uint8Array, client: number): Place {
    const own = this.subnetIds.indexOf(row.subnet);
    const wanted = client < 0 ? own : this.#subnetOf(client);
    return own === wanted ? (this.#pools[own] ?? this.#pools[0]).check(row, bytes) : 'out-of-pool';
  }

  /** Whether an acknowledged lease lies in the pools of its client's subnet. */
  placeOf(required: number): Place {
    const { leases } = this.#request.state;
    const lease = this.required.leases.get(required);
    const bytes = addressBytes(addressOf(leases.text(lease)));
    const pools = this.#pools[this.#subnetOf(this.required.clients.get(required))];
    if (bytes === undefined || pools === undefined) return 'out-of-pool';
    const leaseType = leases.isPrefix(lease) ? 'prefix' : 'address';
    return pools.check({ leaseType, prefixLength: leases.prefixLength(lease) }, bytes);
  }

  #subnetOf(client: number): number {
    return relayOf(client, this.#request.state.layout.servers.length, this.#pools.length);
  }

  isLive(row: LeaseRow): boolean {
    return isLive(row, this.#request.clock);
  }

  /** Whether these nodes must have the rows that this server wrote. */
  isExpectedOn(server: number, nodes: readonly string[]): boolean {
    const only = this.#onlyNode[server];
    return only === undefined || nodes.includes(only);
  }

  /**
   * The number of the lease that a row is about, even if the row has another length or type; -1 for a lease that no
   * observation names.
   */
  leaseOf(row: LeaseRow, bytes: Uint8Array): number {
    const { leases } = this.#request.state;
    const asItIs = leases.find(bytes, row.leaseType === 'prefix' ? 'prefix' : 'address', row.prefixLength);
    if (asItIs >= 0 || bytes.length === 4) return asItIs;
    // All pools of a case delegate prefixes of one length.
    const { delegatedLength } = this.#pools[0];
    const asPrefix = delegatedLength === undefined ? -1 : leases.find(bytes, 'prefix', delegatedLength);
    return asPrefix >= 0 ? asPrefix : leases.find(bytes, 'address', 128);
  }

  /**
   * Whether a client may have rows that it was not told of, because a fault kept a server from its node. The client
   * then started over, and may have been given another lease.
   */
  mayHaveSeveral(client: number): boolean {
    const { unansweredForLease, duringFaults } = this.#request.state;
    return duringFaults !== undefined && (duringFaults.refused.has(client) || unansweredForLease.has(client));
  }

  /**
   * Whether the client was told of the lease, or may have it because a request of the client was not answered, or was
   * refused by a server that a fault kept from its node.
   */
  mayHave(client: number, lease: number, nodes: readonly string[]): boolean {
    const { unansweredForLease, holdings, layout, caseIndex, duringFaults } = this.#request.state;
    if (duringFaults?.refused.has(client) === true) return true;
    if (unansweredForLease.has(client) && this.isExpectedOn(client % layout.servers.length, nodes))
      return true;
    if (lease < 0) return false;
    return this.#byLease
      .of(lease)
      .some(
        (holding) =>
          holdings.caseIndex(holding) === caseIndex &&
          holdings.client(holding) === client &&
          this.isExpectedOn(holdings.server(holding), nodes),
      );
  }

  /** Whether an offer to this client stored the row, or an offer that nobody saw may have stored it. */
  isReserved(row: LeaseRow, client: number, lease: number, nodes: readonly string[]): boolean {
    const server = client % this.#request.state.layout.servers.length;
    return this.#reservations.explain(row, client, lease) && this.isExpectedOn(server, nodes);
  }

  /** What is wrong with the row of an acknowledged lease, if anything. */
  judge(required: number, row: LeaseRow, client: number): { kind: FindingKind; detail: string } | undefined {
    if (!this.isLive(row)) return { kind: 'not-live', detail: 'a live row' };
    const owner = this.required.clients.get(required);
    if (client !== owner) return { kind: 'other-identity', detail: "the row to be this client's" };
    const { clock, state, system } = this.#request;
    const told = this.required.lifetimes.get(required);
    const { earliest, latest } = expiryOf(
      {
        requestedAtUs: this.required.requestedAtUs.get(required),
        // Nobody knows when the server dealt with a request that it did not answer.
        answeredAtUs: state.mayBeProlonged(owner) ? clock.readAtUs : this.required.receivedAtUs.get(required),
        validLifetime: told,
      },
      clock,
    );
    const expire = row.expire ?? NaN;
    if (!(expire >= earliest && expire <= latest))
      return { kind: 'expiry', detail: `to expire from ${iso(earliest)} to ${iso(latest)}` };
    if (mayBeFor(row, told, clock, system.ownRowsOnly === true)) return undefined;
    return {
      kind: 'lifetime',
      detail: `a valid lifetime of ${told} s, as answered; the row has ${row.validLifetime} s`,
    };
  }

  report(required: number, kind: FindingKind, detail: string, nodes: readonly string[]): void {
    const { layout, leases, duringFaults } = this.#request.state;
    if (!STORED.has(kind)) this.lost.add(required, nodes);
    const faults = duringFaults?.faultsOfLease(this.required.receivedAtUs.get(required));
    this.findings.add(
      {
        ...this.#whose(this.required.clients.get(required)),
        kind,
        lease: leases.text(this.required.leases.get(required)),
        server: serverName(layout, this.required.servers.get(required)),
        detail,
        ...faults,
      },
      nodes,
    );
  }

  reportPromised(
    { client, server, lease }: Return,
    kind: FindingKind,
    detail: string,
    nodes: readonly string[],
  ): void {
    const { layout, leases } = this.#request.state;
    const about = { ...this.#whose(client), kind, detail, server: serverName(layout, server) };
    this.findings.add({ ...about, lease: leases.text(lease) }, nodes);
  }

  reportRow(
    row: LeaseRow,
    client: number,
    kind: FindingKind,
    detail: string,
    nodes: readonly string[],
    also?: readonly string[],
  ): void {
    const whose = client < 0 ? { client: null, identity: null } : this.#whose(client);
    const about = { ...whose, kind, lease: leaseText(row), server: null, detail };
    this.findings.add(also === undefined ? about : { ...about, also }, nodes);
  }

  /** The client that a row belongs to; undefined if it belongs to no client of this case. */
  whoseRow(row: LeaseRow): Pick<NewFinding, 'client' | 'identity'> | undefined {
    const client = this.identities.clientOf(row);
    return client < 0 ? undefined : this.#whose(client);
  }

  #whose(client: number): Pick<NewFinding, 'client' | 'identity'> {
    return { client, identity: this.identities.of(client) };
  }
}

export function leaseText({ leaseType, address, prefixLength }: LeaseRow): string {
  return leaseType === 'prefix' ? `${address}/${prefixLength}` : address;
}

function iso(unixS: number): string {
  return new Date(unixS * 1_000).toISOString().replace('.000Z', 'Z');
}
