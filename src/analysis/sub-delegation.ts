import type { Holdings } from './holdings.js';
import type { LeaseIndex } from './leases.js';
import type { HoldingsByLease } from './overlap.js';

/** Who the servers are that gave the holdings, where some may be routers that lease out of a prefix of their own. */
export interface Servers {
  /** The same for the same server, whatever case it gave the holding in; undefined where routers have no servers here. */
  nameOf: (holding: number) => string | undefined;
  /** The client that the server is as well, as far as that is known. */
  clientOf: (holding: number) => number | undefined;
}

/** Whether a lease inside a prefix was given by whoever holds the prefix. */
export type Delegated = 'yes' | 'no' | 'perhaps';

/**
 * Routers that are delegated a prefix and lease out of it themselves: what their clients get is no conflict with the router's
 * own prefix. It is one with the prefix of whoever else holds it by then.
 */
export class SubDelegation {
  readonly #holdings: Holdings;
  readonly #byLease: HoldingsByLease;
  readonly #leases: LeaseIndex;
  readonly #servers: Servers;
  /** By server the leases that it gave. */
  #given: Map<string, Set<number>> | undefined;
  readonly #servesOnly = new Map<string, boolean>();

  constructor(holdings: Holdings, byLease: HoldingsByLease, leases: LeaseIndex, servers: Servers) {
    this.#holdings = holdings;
    this.#byLease = byLease;
    this.#leases = leases;
    this.#servers = servers;
  }

  /**
   * @param outer a holding of a prefix
   * @param inner a holding of a lease inside it
   * @param between the prefixes between these, the longest last
   */
  of(outer: number, inner: number, between: readonly number[]): Delegated {
    const { nameOf, clientOf } = this.#servers;
    const [delegating, giving] = [nameOf(outer), nameOf(inner)];
    if (giving === undefined || giving === delegating) return 'no';
    if (clientOf(inner) !== undefined) return this.#isDelegated(outer, inner, between) ? 'yes' : 'no';
    // A router's server may have another name and address than the router has as a client.
    return this.#servesOnlyIn(giving, outer) ? 'perhaps' : 'no';
  }

  #isDelegated(outer: number, inner: number, between: readonly number[]): boolean {
    const { nameOf, clientOf } = this.#servers;
    const giver = clientOf(inner);
    if (giver === undefined || nameOf(inner) === nameOf(outer)) return false;
    // The answer that gave the router its prefix may have been captured later than what it gave out of it.
    if (this.#holdings.owner(outer) === giver) return true;
    const prefix = this.#holdings.lease(outer);
    const given = [this.#holdings.fromUs(inner), this.#holdings.lastAtUs(inner)];
    if (given.every((atUs) => this.#holdsAt(giver, prefix, atUs))) return true;
    return between.some((middle, depth) =>
      this.#byLease
        .of(middle)
        .some(
          (one) =>
            this.#holdings.owner(one) === giver && this.#isDelegated(outer, one, between.slice(0, depth)),
        ),
    );
  }

  #holdsAt(owner: number, lease: number, atUs: number): boolean {
    const holdings = this.#holdings;
    return this.#byLease
      .of(lease)
      .some(
        (one) =>
          holdings.owner(one) === owner && holdings.fromUs(one) <= atUs && atUs < holdings.untilUs(one),
      );
  }

  /** Whether all that a server gave lies inside prefixes of the client that holds this one. */
  #servesOnlyIn(server: string, outer: number): boolean {
    const owner = this.#holdings.owner(outer);
    const key = `${owner} ${server}`;
    let only = this.#servesOnly.get(key);
    if (only === undefined) {
      this.#given ??= this.#givenByServers();
      const prefixes = this.#prefixesOf(owner);
      only = [...(this.#given.get(server) ?? [])].every((lease) =>
        prefixes.some((prefix) => prefix !== lease && this.#leases.contains(prefix, lease)),
      );
      this.#servesOnly.set(key, only);
    }
    return only;
  }

  #givenByServers(): Map<string, Set<number>> {
    const given = new Map<string, Set<number>>();
    for (let holding = 0; holding < this.#holdings.count; holding++) {
      const name = this.#servers.nameOf(holding) ?? '';
      const its = given.get(name);
      if (its === undefined) given.set(name, new Set([this.#holdings.lease(holding)]));
      else its.add(this.#holdings.lease(holding));
    }
    return given;
  }

  #prefixesOf(owner: number): number[] {
    const prefixes = new Set<number>();
    for (let holding = 0; holding < this.#holdings.count; holding++) {
      const lease = this.#holdings.lease(holding);
      if (this.#holdings.owner(holding) === owner && this.#leases.isPrefix(lease)) prefixes.add(lease);
    }
    return [...prefixes];
  }
}
