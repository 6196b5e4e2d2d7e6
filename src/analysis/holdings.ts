import { Column } from './columns.js';
import { OpenHoldings } from './open-holdings.js';
import { ReturnTimes } from './return-times.js';

/** A lease given to a client by a committing answer. Times in microseconds. */
export interface Grant {
  lease: number;
  /** The binding that gets it: of a DHCPv6 client one for each identity association (RFC 8415 section 12). */
  holder: number;
  /** Whose binding that is, in whatever case; several bindings of one client are no two clients. */
  owner: number;
  /** The case that it was given in, and the client's number there. */
  caseIndex: number;
  client: number;
  /** The server the answer came from. */
  server: number;
  receivedAtUs: number;
  /** When the request it answers was sent, of its sendings before the answer the latest. */
  requestedAtUs: number;
  /** Seconds; 0xffffffff is infinity. */
  validLifetime: number;
  /** The answer does not say for how long. */
  isTimeless: boolean;
}

const INFINITE_LIFETIME = 0xffff_ffff;

/**
 * Who held which lease from when until when. A holding begins when the answer arrives. It ends at the earliest of: RELEASE or
 * DECLINE sent; NAK, NoBinding or a zero lifetime received; the latest successful request sent + its valid lifetime. That counts
 * from the latest sending before the answer: a client may count from an earlier one (RFC 2131 section 4.4.1), but for its server
 * the lease begins when it answers. A second answer with a lease that the client still holds
 * prolongs, or shortens, the holding that is there.
 */
export class Holdings {
  readonly #leases = new Column(Int32Array);
  readonly #owners = new Column(Int32Array);
  readonly #cases = new Column(Int32Array);
  readonly #clients = new Column(Int32Array);
  readonly #servers = new Column(Uint8Array);
  readonly #fromUs = new Column(Float64Array);
  readonly #untilUs = new Column(Float64Array);
  readonly #requestedAtUs = new Column(Float64Array);
  /** The server and the time of the latest answer that gave or prolonged each. */
  readonly #lastServers = new Column(Uint8Array);
  readonly #lastAtUs = new Column(Float64Array);
  readonly #ofHolder = new OpenHoldings(this.#untilUs);
  readonly #ofLease = new OpenHoldings(this.#untilUs);
  readonly #returns = new ReturnTimes();

  get count(): number {
    return this.#leases.length;
  }

  lease(holding: number): number {
    return this.#leases.get(holding);
  }

  /** Who holds it, over all cases. */
  owner(holding: number): number {
    return this.#owners.get(holding);
  }

  /** The case that it began in. */
  caseIndex(holding: number): number {
    return this.#cases.get(holding);
  }

  /** The holder's number in that case. */
  client(holding: number): number {
    return this.#clients.get(holding);
  }

  server(holding: number): number {
    return this.#servers.get(holding);
  }

  fromUs(holding: number): number {
    return this.#fromUs.get(holding);
  }

  /** Infinity for an infinite lifetime. */
  untilUs(holding: number): number {
    return this.#untilUs.get(holding);
  }

  /** The server of the latest answer so far that gave it or prolonged it. */
  lastServer(holding: number): number {
    return this.#lastServers.get(holding);
  }

  /** When that answer arrived. */
  lastAtUs(holding: number): number {
    return this.#lastAtUs.get(holding);
  }

  grant(grant: Grant): void {
    if (this.wasGivenBackSince(grant.holder, grant.lease, grant.requestedAtUs)) return;
    const untilUs =
      grant.validLifetime === INFINITE_LIFETIME
        ? Infinity
        : grant.requestedAtUs + grant.validLifetime * 1_000_000;
    for (const holding of this.#ofHolder.of(grant.holder, grant.receivedAtUs)) {
      if (this.lease(holding) !== grant.lease) continue;
      if (grant.requestedAtUs < this.#requestedAtUs.get(holding)) return;
      this.#lastServers.set(holding, grant.server);
      this.#lastAtUs.set(holding, grant.receivedAtUs);
      this.#requestedAtUs.set(holding, grant.requestedAtUs);
      // What does not say for how long does not shorten what was said before.
      this.#untilUs.set(holding, grant.isTimeless ? Math.max(untilUs, this.untilUs(holding)) : untilUs);
      return;
    }
    if (untilUs <= grant.receivedAtUs) return;
    const holding = this.#leases.push(grant.lease);
    this.#owners.push(grant.owner);
    this.#cases.push(grant.caseIndex);
    this.#clients.push(grant.client);
    this.#servers.push(grant.server);
    this.#fromUs.push(grant.receivedAtUs);
    this.#untilUs.push(untilUs);
    this.#lastServers.push(grant.server);
    this.#lastAtUs.push(grant.receivedAtUs);
    this.#requestedAtUs.push(grant.requestedAtUs);
    this.#ofHolder.add(grant.holder, holding);
    this.#ofLease.add(grant.lease, holding);
  }

  /** The leases of a binding; to be asked in the order of time. */
  heldBy(holder: number, atUs: number): number[] {
    return this.#ofHolder.of(holder, atUs).map((holding) => this.lease(holding));
  }

  /** Whether somebody else holds a lease; to be asked in the order of time. */
  isHeldByOther(lease: number, owner: number, atUs: number): boolean {
    return this.#ofLease.of(lease, atUs).some((holding) => this.owner(holding) !== owner);
  }

  /** Whether a binding gave a lease back, or all that it had. */
  wasGivenBackSince(holder: number, lease: number, askedAtUs: number): boolean {
    return this.#returns.isSince(holder, lease, askedAtUs);
  }

  /** Whether a binding gave this lease back by name, and nobody else did since. */
  wasGivenBackBy(holder: number, lease: number): boolean {
    return this.#returns.isLast(holder, lease);
  }

  /**
   * Ends the binding's holdings of the leases that `which` picks.
   *
   * @param askedBeforeUs of these, what was given or prolonged by answers to requests before that
   * @returns whether there were any
   */
  end(holder: number, atUs: number, which: (lease: number) => boolean, askedBeforeUs = Infinity): boolean {
    let isAny = false;
    for (const holding of this.#ofHolder.of(holder, atUs)) {
      if (this.isGivenInAnswerTo(holding, askedBeforeUs)) continue;
      if (!which(this.lease(holding))) continue;
      this.#untilUs.set(holding, atUs);
      isAny = true;
    }
    return isAny;
  }

  /** Whether a request of then, or a later one, was answered with it; a source without times tells nothing of that. */
  isGivenInAnswerTo(holding: number, askedAtUs: number): boolean {
    return this.lastAtUs(holding) > askedAtUs && this.#requestedAtUs.get(holding) >= askedAtUs;
  }

  /** The client gives back all that the binding holds. */
  giveBackAll(holder: number, atUs: number): void {
    this.end(holder, atUs, () => true);
    this.#returns.all(holder, atUs);
  }

  /** The client gives back a lease of this binding: that is over in all of its bindings that had the lease before. */
  giveBack({ holder, owner }: Pick<Grant, 'holder' | 'owner'>, lease: number, atUs: number): void {
    if (this.end(holder, atUs, (held) => held === lease))
      for (const holding of this.#ofLease.of(lease, atUs))
        if (this.owner(holding) === owner) this.#untilUs.set(holding, atUs);
    this.#returns.one(holder, lease, atUs);
  }

  /**
   * The holdings that a binding had when its client asked, and as far as is known at `nowUs` will have until after
   * `untilUs`.
   *
   * @param nowUs no earlier than whatever was told before
   */
  heldThroughout(holder: number, askedAtUs: number, nowUs: number, untilUs: number): number[] {
    return this.#ofHolder
      .of(holder, nowUs)
      .filter((holding) => this.fromUs(holding) <= askedAtUs && this.untilUs(holding) > untilUs);
  }

  /**
   * Clients of a case that hold a lease at that moment.
   *
   * @param isOther where given, tells leases of two sorts apart, and counts those that hold one of each
   */
  clientsHoldingAt(caseIndex: number, atUs: number, isOther?: (lease: number) => boolean): number {
    const holds = new Column(Uint8Array);
    for (let holding = 0; holding < this.count; holding++) {
      if (this.caseIndex(holding) !== caseIndex) continue;
      if (this.fromUs(holding) > atUs || atUs >= this.untilUs(holding)) continue;
      const client = this.client(holding);
      holds.set(client, holds.get(client) | (isOther?.(this.lease(holding)) === true ? 2 : 1));
    }
    const wanted = isOther === undefined ? 1 : 3;
    return holds.view().reduce((sum, one) => sum + (one === wanted ? 1 : 0), 0);
  }
}
