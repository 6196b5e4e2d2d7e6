import type { Answer } from '../../observations/observation.js';
import type { LeaseType } from '../../protocol/leases.js';
import { Column } from '../fold/columns.js';

/** A lease that a client was given and relies on. */
export interface Acknowledgement {
  client: number;
  lease: number;
  /** The server that sent the last answer with the lease. */
  server: number;
  transaction: number;
  /** When the last answer with the lease arrived, microseconds. */
  receivedAtUs: number;
  /** Seconds; 0xffffffff is infinity. */
  validLifetime: number;
}

/**
 * The leases that the lease tables must show. For each client and lease type: the leases in the answers to the
 * client's latest request that was granted one. An extra answer that names another lease gives that lease as well. A
 * late answer to an earlier request doesn't count, because the server has since answered a later request.
 */
export class Acknowledged {
  readonly #latest = [new Latest(), new Latest()] as const;

  granted(
    { client, transaction, fromServer, receivedAtUs, validLifetime, leaseType }: Answer,
    lease: number,
  ): void {
    this.#latest[leaseType === 'prefix' ? 1 : 0].granted({
      client,
      lease,
      server: fromServer,
      transaction,
      receivedAtUs,
      validLifetime,
    });
  }

  /** The lease in the answer to the client's latest request that was granted one; undefined if none was. */
  of(client: number, leaseType: LeaseType): Acknowledgement | undefined {
    return this.#latest[leaseType === 'prefix' ? 1 : 0].of(client);
  }

  *all(): Generator<Acknowledgement> {
    for (const latest of this.#latest) yield* latest.all();
  }
}

class Latest {
  /** By client: the transaction, + 1. */
  readonly #transactions = new Column(Int32Array);
  readonly #leases = new Column(Int32Array);
  readonly #servers = new Column(Uint8Array);
  readonly #receivedAtUs = new Column(Float64Array);
  /** Of 32 bits, signed. */
  readonly #lifetimes = new Column(Int32Array);
  /** Further leases of the same transaction, by client: hardly ever any. */
  readonly #further = new Map<number, Acknowledgement[]>();

  granted(given: Acknowledgement): void {
    const { client, transaction, lease } = given;
    const before = this.#transactions.get(client) - 1;
    if (transaction < before) return;
    if (transaction > before) {
      this.#further.delete(client);
      this.#set(given);
    } else if (this.#leases.get(client) === lease) {
      this.#set(given);
    } else {
      const others = (this.#further.get(client) ?? []).filter((other) => other.lease !== lease);
      this.#further.set(client, [...others, given]);
    }
  }

  of(client: number): Acknowledgement | undefined {
    const transaction = this.#transactions.get(client) - 1;
    if (transaction < 0) return undefined;
    return {
      client,
      lease: this.#leases.get(client),
      server: this.#servers.get(client),
      transaction,
      receivedAtUs: this.#receivedAtUs.get(client),
      validLifetime: this.#lifetimes.get(client) >>> 0,
    };
  }

  *all(): Generator<Acknowledgement> {
    for (let client = 0; client < this.#transactions.length; client++) {
      const given = this.of(client);
      if (given === undefined) continue;
      yield given;
      yield* this.#further.get(client) ?? [];
    }
  }

  #set({ client, lease, server, transaction, receivedAtUs, validLifetime }: Acknowledgement): void {
    this.#transactions.set(client, transaction + 1);
    this.#leases.set(client, lease);
    this.#servers.set(client, server);
    this.#receivedAtUs.set(client, receivedAtUs);
    this.#lifetimes.set(client, validLifetime | 0);
  }
}
