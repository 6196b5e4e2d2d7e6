import { putBytes } from '../../dhcp/big-endian.js';
import { NO_LEASE, type Exchange, type Held, type HeldLease, type Reply } from '../exchanges/exchange.js';
import { ServerIds } from '../exchanges/server-ids.js';

/** Stands for an end that does not come, or comes only after 49 days of load. */
const NEVER_MS = 0xffff_ffff;

/**
 * What each client of a case holds, in typed arrays. A client with one lease takes 12 bytes in DHCPv4, 24 in DHCPv6, and 8
 * more where T1 and T2 matter.
 */
export class Leases {
  readonly #bytes: number;
  /** How many leases a client can hold. */
  readonly #each: number;
  readonly #prefixes: Uint8Array;
  readonly #lengths: Uint8Array;
  readonly #untilMs: Uint32Array;
  /** T1 and T2 of each client's lease as moments; empty where they do not matter. */
  readonly #renewMs: Uint32Array;
  readonly #rebindMs: Uint32Array;
  /**
   * The server that granted each client's lease, and an index into `#knownIds`: the identifier that the server gave.
   */
  readonly #servers: Uint8Array;
  readonly #ids: Uint16Array;
  readonly #knownIds = new ServerIds();
  readonly #held: { serverId: Uint8Array; readonly leases: readonly HeldLease[] };

  /** @param isTimed whether T1 and T2 matter */
  constructor(
    clients: number,
    { leaseBytes, leaseTypes }: Pick<Exchange, 'leaseBytes' | 'leaseTypes'>,
    isTimed = false,
  ) {
    this.#bytes = leaseBytes;
    this.#each = leaseTypes.length;
    this.#prefixes = new Uint8Array(clients * this.#each * leaseBytes);
    this.#lengths = new Uint8Array(clients * this.#each);
    this.#untilMs = new Uint32Array(clients);
    this.#renewMs = new Uint32Array(isTimed ? clients : 0);
    this.#rebindMs = new Uint32Array(isTimed ? clients : 0);
    this.#servers = new Uint8Array(clients);
    this.#ids = new Uint16Array(clients);
    const leases = leaseTypes.map(() => ({ prefix: new Uint8Array(leaseBytes), prefixLength: 0 }));
    this.#held = { serverId: NO_LEASE, leases };
  }

  /**
   * Stores what an answer grants: all that the client asked for, or some of it.
   *
   * @param requestedMs when the request was first sent: the lifetime counts from there (RFC 2131 section 4.4.1)
   */
  grant(client: number, reply: Reply, server: number, requestedMs: number): void {
    let shortest = Infinity;
    let t1 = Infinity;
    let t2 = Infinity;
    for (let part = 0; part < this.#each; part++) {
      const given = reply.parts[part];
      if (given?.kind !== 'lease') continue;
      const place = client * this.#each + part;
      putBytes(this.#prefixes, place * this.#bytes, given.lease);
      this.#lengths[place] = given.prefixLength;
      shortest = Math.min(shortest, given.validLifetime);
      t1 = Math.min(t1, given.renewAfter);
      t2 = Math.min(t2, given.rebindAfter);
    }
    if (this.#renewMs.length > 0) {
      this.#renewMs[client] = Math.min(requestedMs + t1 * 1_000, NEVER_MS);
      this.#rebindMs[client] = Math.min(requestedMs + t2 * 1_000, NEVER_MS);
    }
    this.#untilMs[client] = Math.min(requestedMs + shortest * 1_000, NEVER_MS);
    this.#servers[client] = server;
    this.#ids[client] = this.#knownIds.indexOf(reply.serverId);
  }

  /** What a client holds. The object is the same each time. */
  of(client: number): Held {
    const held = this.#held;
    let place = client * this.#each;
    for (const lease of held.leases) {
      for (let index = 0; index < this.#bytes; index++) {
        lease.prefix[index] = this.#prefixes[place * this.#bytes + index] ?? 0;
      }
      lease.prefixLength = this.#lengths[place++] ?? 0;
    }
    held.serverId = this.#knownIds.at(this.#ids[client] ?? 0) ?? held.serverId;
    return held;
  }

  /** The server that granted what the client holds. */
  serverOf(client: number): number {
    return this.#servers[client] ?? 0;
  }

  /**
   * When the client's lease ends, or the first of several leases of the last grant; milliseconds of the load's clock;
   * Infinity for never.
   */
  untilMs(client: number): number {
    return momentOf(this.#untilMs, client);
  }

  /**
   * T1 of the client's lease, or the earliest of several leases (RFC 8415 section 14.2): milliseconds of the load's clock;
   * Infinity for never, or where T1 and T2 do not matter.
   */
  renewMs(client: number): number {
    return momentOf(this.#renewMs, client);
  }

  /** T2, likewise. */
  rebindMs(client: number): number {
    return momentOf(this.#rebindMs, client);
  }
}

function momentOf(moments: Uint32Array, client: number): number {
  const atMs = moments[client] ?? NEVER_MS;
  return atMs === NEVER_MS ? Infinity : atMs;
}
