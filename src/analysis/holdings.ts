import { Column } from './columns.js';

/** A lease given to a client by a committing answer. Times in microseconds. */
export interface Grant {
  lease: number;
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
  readonly #clients = new Column(Int32Array);
  readonly #servers = new Column(Uint8Array);
  readonly #fromUs = new Column(Float64Array);
  readonly #untilUs = new Column(Float64Array);
  readonly #requestedAtUs = new Column(Float64Array);
  /** The server and the time of the latest answer that gave or prolonged each. */
  readonly #lastServers = new Column(Uint8Array);
  readonly #lastAtUs = new Column(Float64Array);
  /** Of each client the holding begun last and not ended, + 1; of each holding the client's one before, + 1. */
  readonly #newestOfClient = new Column(Int32Array);
  readonly #olderOfClient = new Column(Int32Array);
  /** When each client last gave back what it held. */
  readonly #gaveBackAtUs = new Column(Float64Array);

  get count(): number {
    return this.#leases.length;
  }

  lease(holding: number): number {
    return this.#leases.get(holding);
  }

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
    const gaveBackAtUs = this.#gaveBackAtUs.get(grant.client);
    if (gaveBackAtUs > 0 && grant.requestedAtUs <= gaveBackAtUs) return;
    const untilUs =
      grant.validLifetime === INFINITE_LIFETIME
        ? Infinity
        : grant.requestedAtUs + grant.validLifetime * 1_000_000;
    for (const holding of this.#open(grant.client, grant.receivedAtUs)) {
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
    this.#clients.push(grant.client);
    this.#servers.push(grant.server);
    this.#fromUs.push(grant.receivedAtUs);
    this.#untilUs.push(untilUs);
    this.#lastServers.push(grant.server);
    this.#lastAtUs.push(grant.receivedAtUs);
    this.#requestedAtUs.push(grant.requestedAtUs);
    this.#olderOfClient.push(this.#newestOfClient.get(grant.client));
    this.#newestOfClient.set(grant.client, holding + 1);
  }

  /** The leases that a client holds; to be asked in the order of time. */
  heldBy(client: number, atUs: number): number[] {
    return this.#open(client, atUs).map((holding) => this.lease(holding));
  }

  /** Ends the client's holdings of the leases that `which` picks. */
  end(client: number, atUs: number, which: (lease: number) => boolean): void {
    for (const holding of this.#open(client, atUs)) {
      if (which(this.lease(holding))) this.#untilUs.set(holding, atUs);
    }
  }

  /** The client gives back all that it holds. */
  giveBack(client: number, atUs: number): void {
    this.end(client, atUs, () => true);
    this.#gaveBackAtUs.set(client, atUs);
  }

  /**
   * The holdings that a client had when it asked, and as far as is known at `nowUs` will have until after `untilUs`.
   *
   * @param nowUs no earlier than whatever was told before
   */
  heldThroughout(client: number, askedAtUs: number, nowUs: number, untilUs: number): number[] {
    return this.#open(client, nowUs).filter(
      (holding) => this.fromUs(holding) <= askedAtUs && this.untilUs(holding) > untilUs,
    );
  }

  /**
   * Clients that hold a lease at that moment.
   *
   * @param isOther where given, tells leases of two sorts apart, and counts those that hold one of each
   */
  clientsHoldingAt(atUs: number, isOther?: (lease: number) => boolean): number {
    const holds = new Uint8Array(this.#newestOfClient.length);
    for (let holding = 0; holding < this.count; holding++) {
      if (this.fromUs(holding) > atUs || atUs >= this.untilUs(holding)) continue;
      const client = this.client(holding);
      holds[client] = (holds[client] ?? 0) | (isOther?.(this.lease(holding)) === true ? 2 : 1);
    }
    const wanted = isOther === undefined ? 1 : 3;
    return holds.reduce((sum, one) => sum + (one === wanted ? 1 : 0), 0);
  }

  /** The client's holdings that haven't ended; forgets the ended ones, so that the list stays short. */
  #open(client: number, atUs: number): number[] {
    const open: number[] = [];
    let newer = -1;
    for (let link = this.#newestOfClient.get(client); link !== 0;) {
      const holding = link - 1;
      link = this.#olderOfClient.get(holding);
      if (this.untilUs(holding) > atUs) {
        open.push(holding);
        newer = holding;
      } else if (newer < 0) {
        this.#newestOfClient.set(client, link);
      } else {
        this.#olderOfClient.set(newer, link);
      }
    }
    return open;
  }
}
