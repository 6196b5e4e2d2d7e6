import type { Holdings } from './holdings.js';
import type { LeaseIndex } from './leases.js';
import type { HoldingsByLease } from './holdings-by-lease.js';

/** Which servers gave the holdings. Some of the servers may be routers that lease out of a prefix of their own. */
export interface Servers {
  /** The name of the server, the same in every case; undefined where no server can be a router. */
  nameOf: (holding: number) => string | undefined;
  /** The client that the server is as well; undefined where that is not known. */
  clientOf: (holding: number) => number | undefined;
}

/** Whether the holder of a prefix gave a lease inside that prefix. */
export type Delegated = 'yes' | 'no' | 'perhaps';

/**
 * Finds leases that routers gave out of the prefix that was delegated to them. Such a lease is no conflict with the
 * router's own prefix. It is a conflict with the prefix of another client that holds the prefix by then.
 */
export class SubDelegation {
  readonly #holdings: Holdings;
  readonly #byLease: HoldingsByLease;
  readonly #leases: LeaseIndex;
  readonly #servers: Servers;
  /** By server: the leases that it gave. */
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
   * @param inner a holding of a lease inside that prefix
   * @param between the prefixes between the two, the longest last
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
    // The answer that gave the router its prefix may have been captured after a lease that the router gave out of it.
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

  /** Whether all leases that a server gave lie inside prefixes of the client that holds `outer`. */
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
