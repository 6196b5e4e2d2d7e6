import { INFINITE_LIFETIME } from '../../protocol/leases.js';
import { Column } from '../fold/columns.js';
import { OpenHoldings } from './open-holdings.js';
import { ReturnTimes } from './returns/return-times.js';

/** A lease given to a client by a committing answer. Times in microseconds. */
export interface Grant {
  lease: number;
  /**
   * The number of the binding that gets the lease. A DHCPv6 client has one for each identity association (RFC 8415
   * section 12).
   */
  holder: number;
  /** The client whose binding it is, numbered over all cases. Several bindings of one client are one client. */
  owner: number;
  /** The case in which the lease was given, and the client's number in that case. */
  caseIndex: number;
  client: number;
  /** The server that the answer came from. */
  server: number;
  receivedAtUs: number;
  /** When the request was sent: the latest sending before its answer. */
  requestedAtUs: number;
  /** Seconds; 0xffffffff is infinity. */
  validLifetime: number;
  /** The answer does not say for how long the lease is valid. */
  isTimeless: boolean;
  /**
   * Another server may yet deal with an earlier RELEASE or DECLINE of the lease, and so end it. The client is then known
   * to be told of the lease, and not known to hold it.
   */
  mayBeOver: boolean;
  /** When the request was first sent. */
  firstRequestedAtUs: number;
  /**
   * The answer came when its client no longer waited for it. The servers have given the lease, and the client does not
   * know that.
   */
  isPossible: boolean;
}

/** What is known of holdings, by their numbers from 0. */
export interface KnownHoldings {
  readonly count: number;
  lease: (holding: number) => number;
  owner: (holding: number) => number;
  caseIndex: (holding: number) => number;
  client: (holding: number) => number;
  server: (holding: number) => number;
  fromUs: (holding: number) => number;
  untilUs: (holding: number) => number;
  isDoubtful: (holding: number) => boolean;
  certainty: (holding: number) => Certainty;
}

/**
 * How far a client knows that it holds a lease: `definite`, it does; `late`, the answer came when the client no longer
 * waited for it; `unanswered`, there was no answer, and the server may have given the lease.
 */
export type Certainty = 'definite' | 'late' | 'unanswered';

/**
 * Who held which lease from when until when. A holding begins when the answer arrives. It ends at the earliest of:
 * RELEASE or DECLINE sent; NAK, NoBinding or a zero lifetime received; the latest successful request sent + its valid
 * lifetime. The lifetime counts from the latest sending before the answer. A client may count from an earlier sending
 * (RFC 2131 section 4.4.1), but for its server the lease begins when the server answers. A second answer with a lease
 * that the client still holds prolongs or shortens the existing holding.
 *
 * A holding is *definite* if its client knows of it, and *possible* if only the servers do.
 */
export class Holdings implements KnownHoldings {
  readonly #leases = new Column(Int32Array);
  readonly #owners = new Column(Int32Array);
  readonly #cases = new Column(Int32Array);
  readonly #clients = new Column(Int32Array);
  readonly #servers = new Column(Uint8Array);
  readonly #askedAtUs = new Column(Float64Array);
  readonly #fromUs = new Column(Float64Array);
  readonly #untilUs = new Column(Float64Array);
  /**
   * By holding: when the latest request was sent, the time of its answer, and the server + 1 that it came from. Zero
   * where it is still the first request, sent once, as most holdings are never prolonged.
   */
  readonly #requestedAtUs = new Column(Float64Array);
  readonly #lastAtUs = new Column(Float64Array);
  readonly #lastServers = new Column(Uint8Array);
  readonly #possible = new Column(Uint8Array);
  readonly #ofHolder = new OpenHoldings(this.#untilUs);
  readonly #ofLease = new OpenHoldings(this.#untilUs);
  readonly #returns = new ReturnTimes();

  get count(): number {
    return this.#leases.length;
  }

  lease(holding: number): number {
    return this.#leases.get(holding);
  }

  /** The client that holds the lease, numbered over all cases. */
  owner(holding: number): number {
    return this.#owners.get(holding);
  }

  /** The case in which the holding began. */
  caseIndex(holding: number): number {
    return this.#cases.get(holding);
  }

  /** The number of the client in the case of `caseIndex`. */
  client(holding: number): number {
    return this.#clients.get(holding);
  }

  server(holding: number): number {
    return this.#servers.get(holding);
  }

  /** When the request was first sent whose answer began the holding. */
  askedAtUs(holding: number): number {
    return this.#askedAtUs.get(holding);
  }

  fromUs(holding: number): number {
    return this.#fromUs.get(holding);
  }

  /** Infinity for an infinite lifetime. */
  untilUs(holding: number): number {
    return this.#untilUs.get(holding);
  }

  /** The server of the latest answer so far that gave or prolonged the holding. */
  lastServer(holding: number): number {
    const last = this.#lastServers.get(holding) - 1;
    return last < 0 ? this.server(holding) : last;
  }

  /** When the latest answer that gave or prolonged the holding arrived. */
  lastAtUs(holding: number): number {
    return this.#lastAtUs.get(holding) || this.fromUs(holding);
  }

  /** When the request was last sent whose answer is the latest that gave or prolonged the holding. */
  #askedLastAtUs(holding: number): number {
    return this.#requestedAtUs.get(holding) || this.askedAtUs(holding);
  }

  grant(grant: Grant): void {
    if (this.wasGivenBackSince(grant.holder, grant.lease, grant.requestedAtUs)) return;
    const untilUs = grant.mayBeOver ? this.#endOfDoubtful(grant) : endOf(grant);
    if (!grant.isPossible) this.#endPossible(grant);
    for (const holding of this.#ofHolder.of(grant.holder, grant.receivedAtUs)) {
      if (this.lease(holding) !== grant.lease) continue;
      if (grant.mayBeOver || grant.requestedAtUs < this.#askedLastAtUs(holding)) return;
      if (this.isPossible(holding) !== grant.isPossible) continue;
      this.#lastServers.set(holding, grant.server + 1);
      this.#lastAtUs.set(holding, grant.receivedAtUs);
      this.#requestedAtUs.set(holding, grant.requestedAtUs);
      // An answer without a lifetime does not shorten the lifetime of an earlier answer.
      this.#untilUs.set(holding, grant.isTimeless ? Math.max(untilUs, this.untilUs(holding)) : untilUs);
      return;
    }
    if (untilUs <= grant.receivedAtUs && !grant.mayBeOver) return;
    const holding = this.#leases.push(grant.lease);
    this.#owners.set(holding, grant.owner);
    this.#cases.set(holding, grant.caseIndex);
    this.#clients.set(holding, grant.client);
    this.#servers.set(holding, grant.server);
    this.#askedAtUs.set(holding, grant.firstRequestedAtUs);
    this.#fromUs.set(holding, grant.receivedAtUs);
    this.#untilUs.set(holding, untilUs);
    if (grant.requestedAtUs !== grant.firstRequestedAtUs)
      this.#requestedAtUs.set(holding, grant.requestedAtUs);
    if (grant.isPossible) this.#possible.set(holding, 1);
    this.#ofHolder.add(grant.holder, holding);
    this.#ofLease.add(grant.lease, holding);
  }

  /** The servers have dealt with a later request of the client, and so they know what the client has. */
  #endPossible({ holder, receivedAtUs, requestedAtUs }: Grant): void {
    for (const holding of this.#ofHolder.of(holder, receivedAtUs))
      if (this.isPossible(holding) && this.#askedLastAtUs(holding) <= requestedAtUs)
        this.#untilUs.set(holding, receivedAtUs);
  }

  /**
   * The end of a holding that may be over when it begins. If another client held the lease from the request until now,
   * the lease was given twice in any case, and the holding lasts for this moment. Else it ends before it begins.
   */
  #endOfDoubtful({ lease, owner, receivedAtUs, firstRequestedAtUs }: Grant): number {
    const isTaken = this.#ofLease
      .of(lease, receivedAtUs)
      .some((holding) => this.owner(holding) !== owner && this.fromUs(holding) <= firstRequestedAtUs);
    return isTaken ? receivedAtUs : receivedAtUs - 1;
  }

  /** Whether the client was told of the lease, and is at no moment known to hold it. */
  isDoubtful(holding: number): boolean {
    return this.untilUs(holding) < this.fromUs(holding);
  }

  /** Whether any holding is one that its client does not know of. */
  get hasPossible(): boolean {
    return this.#possible.length > 0;
  }

  /** Whether the client does not know that it holds the lease. */
  isPossible(holding: number): boolean {
    return this.#possible.get(holding) === 1;
  }

  certainty(holding: number): Certainty {
    return this.isPossible(holding) ? 'late' : 'definite';
  }

  /** The leases of a binding. Call it in the order of time. */
  heldBy(holder: number, atUs: number): number[] {
    return this.#ofHolder.of(holder, atUs).map((holding) => this.lease(holding));
  }

  /** Whether another client holds the lease. Call it in the order of time. */
  isHeldByOther(lease: number, owner: number, atUs: number): boolean {
    return this.#ofLease.of(lease, atUs).some((holding) => this.owner(holding) !== owner);
  }

  /** Whether a binding gave back this lease, or all its leases, after the request was sent. */
  wasGivenBackSince(holder: number, lease: number, askedAtUs: number): boolean {
    return this.#returns.isSince(holder, lease, askedAtUs);
  }

  /** Whether a binding gave this lease back by name, and no other binding gave it back since. */
  wasGivenBackBy(holder: number, lease: number): boolean {
    return this.#returns.isLast(holder, lease);
  }

  /**
   * Ends the binding's holdings of the leases that `which` picks.
   *
   * @param askedBeforeUs a holding that an answer to a request of this time or later gave or prolonged does not end
   * @returns whether any holding ended
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

  /**
   * Whether the holding was given or last prolonged by an answer to a request of `askedAtUs` or later. False for a
   * source without times, which tells nothing of that.
   */
  isGivenInAnswerTo(holding: number, askedAtUs: number): boolean {
    return this.lastAtUs(holding) > askedAtUs && this.#askedLastAtUs(holding) >= askedAtUs;
  }

  /** The client gives back all leases of the binding. */
  giveBackAll(holder: number, atUs: number): void {
    this.end(holder, atUs, () => true);
    this.#returns.all(holder, atUs);
  }

  /**
   * The client gives back a lease of this binding. If the binding holds the lease, its holdings by all other bindings
   * of the same client end too.
   */
  giveBack({ holder, owner }: Pick<Grant, 'holder' | 'owner'>, lease: number, atUs: number): void {
    if (this.end(holder, atUs, (held) => held === lease))
      for (const holding of this.#ofLease.of(lease, atUs))
        if (this.owner(holding) === owner) this.#untilUs.set(holding, atUs);
    this.#returns.one(holder, lease, atUs);
  }

  /**
   * The holdings that a binding had at `askedAtUs` and, as far as is known at `nowUs`, will have until after
   * `untilUs`.
   *
   * @param nowUs no earlier than any time that was passed before
   */
  heldThroughout(holder: number, askedAtUs: number, nowUs: number, untilUs: number): number[] {
    return this.#ofHolder
      .of(holder, nowUs)
      .filter((holding) => !this.isPossible(holding))
      .filter((holding) => this.fromUs(holding) <= askedAtUs && this.untilUs(holding) > untilUs);
  }

  /** By client of a case: when the last of its leases ends, as far as the client knows; 0 for a client without any. */
  lastEndsOf(caseIndex: number): Float64Array {
    const ends = new Column(Float64Array);
    for (let holding = 0; holding < this.count; holding++) {
      if (this.caseIndex(holding) !== caseIndex || this.isPossible(holding)) continue;
      const client = this.client(holding);
      ends.set(client, Math.max(ends.get(client), this.untilUs(holding)));
    }
    return ends.view();
  }

  /**
   * How many clients of a case hold a lease at that moment, and know that.
   *
   * @param isOther if given, splits the leases into two sorts; then a client counts if it holds one lease of each
   * sort
   */
  clientsHoldingAt(caseIndex: number, atUs: number, isOther?: (lease: number) => boolean): number {
    const holds = new Column(Uint8Array);
    for (let holding = 0; holding < this.count; holding++) {
      if (this.caseIndex(holding) !== caseIndex || this.isPossible(holding)) continue;
      if (this.fromUs(holding) > atUs || atUs >= this.untilUs(holding)) continue;
      const client = this.client(holding);
      holds.set(client, holds.get(client) | (isOther?.(this.lease(holding)) === true ? 2 : 1));
    }
    const wanted = isOther === undefined ? 1 : 3;
    return holds.view().reduce((sum, one) => sum + (one === wanted ? 1 : 0), 0);
  }
}

function endOf({ validLifetime, requestedAtUs }: Grant): number {
  return validLifetime === INFINITE_LIFETIME ? Infinity : requestedAtUs + validLifetime * 1_000_000;
}
