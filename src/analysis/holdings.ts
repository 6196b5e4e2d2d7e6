import { Column } from './columns.js';

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
  /** When the request it answers was first sent. */
  requestedAtUs: number;
  /** Seconds; 0xffffffff is infinity. */
  validLifetime: number;
}

const INFINITE_LIFETIME = 0xffff_ffff;

/**
 * Who held which lease from when until when. A holding begins when the answer arrives and ends at the earliest
 * of: RELEASE or DECLINE sent; NAK, NoBinding or a zero lifetime received; the latest successful request sent +
 * its valid lifetime. The lifetime counts from the *first* sending of a request (RFC 2131 section 4.4.1: "the
 * time at which the original request was sent"). A second answer with a lease that the client still holds
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
  /** Of each binding the holding begun last and not ended, + 1; of each holding the binding's one before, + 1. */
  readonly #newestOfHolder = new Column(Int32Array);
  readonly #olderOfHolder = new Column(Int32Array);
  /** When each binding was last given back. */
  readonly #gaveBackAtUs = new Column(Float64Array);

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

  /** What a client had asked for before it gave everything back, it no longer takes. */
  grant(grant: Grant): void {
    const gaveBackAtUs = this.#gaveBackAtUs.get(grant.holder);
    if (gaveBackAtUs > 0 && grant.requestedAtUs < gaveBackAtUs) return;
    const untilUs =
      grant.validLifetime === INFINITE_LIFETIME
        ? Infinity
        : grant.requestedAtUs + grant.validLifetime * 1_000_000;
    for (const holding of this.#open(grant.holder, grant.receivedAtUs)) {
      if (this.lease(holding) !== grant.lease) continue;
      if (grant.requestedAtUs < this.#requestedAtUs.get(holding)) return;
      this.#lastServers.set(holding, grant.server);
      this.#lastAtUs.set(holding, grant.receivedAtUs);
      this.#requestedAtUs.set(holding, grant.requestedAtUs);
      this.#untilUs.set(holding, untilUs);
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
    this.#olderOfHolder.push(this.#newestOfHolder.get(grant.holder));
    this.#newestOfHolder.set(grant.holder, holding + 1);
  }

  /** The leases of a binding; to be asked in the order of time. */
  heldBy(holder: number, atUs: number): number[] {
    return this.#open(holder, atUs).map((holding) => this.lease(holding));
  }

  /**
   * Ends the binding's holdings of the leases that `which` picks.
   *
   * @param askedBeforeUs of these, what was given or prolonged by answers to requests before that
   */
  end(holder: number, atUs: number, which: (lease: number) => boolean, askedBeforeUs = Infinity): void {
    for (const holding of this.#open(holder, atUs)) {
      if (this.isGivenInAnswerTo(holding, askedBeforeUs)) continue;
      if (which(this.lease(holding))) this.#untilUs.set(holding, atUs);
    }
  }

  /** Whether a request of then, or a later one, was answered with it; a source without times tells nothing of that. */
  isGivenInAnswerTo(holding: number, askedAtUs: number): boolean {
    return this.lastAtUs(holding) > askedAtUs && this.#requestedAtUs.get(holding) >= askedAtUs;
  }

  /** The client gives back what the binding holds, or what of it `which` picks. */
  giveBack(holder: number, atUs: number, which: (lease: number) => boolean = () => true): void {
    this.end(holder, atUs, which);
    this.#gaveBackAtUs.set(holder, atUs);
  }

  /**
   * The holdings that a binding had when its client asked, and as far as is known at `nowUs` will have until after
   * `untilUs`.
   *
   * @param nowUs no earlier than whatever was told before
   */
  heldThroughout(holder: number, askedAtUs: number, nowUs: number, untilUs: number): number[] {
    return this.#open(holder, nowUs).filter(
      (holding) => this.fromUs(holding) <= askedAtUs && this.untilUs(holding) > untilUs,
    );
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

  /** The binding's holdings that haven't ended; forgets the ended ones, so that the list stays short. */
  #open(holder: number, atUs: number): number[] {
    const open: number[] = [];
    let newer = -1;
    for (let link = this.#newestOfHolder.get(holder); link !== 0;) {
      const holding = link - 1;
      link = this.#olderOfHolder.get(holding);
      if (this.untilUs(holding) > atUs) {
        open.push(holding);
        newer = holding;
      } else if (newer < 0) {
        this.#newestOfHolder.set(holder, link);
      } else {
        this.#olderOfHolder.set(newer, link);
      }
    }
    return open;
  }
}
