import type { SubnetEvidence } from '../../evidence/system.js';
import { reservedLease } from '../../kea/reservations.js';
import type { Answer } from '../../observations/observation.js';
import type { LeaseType } from '../../protocol/leases.js';
import type { LeaseIndex } from '../holdings/leases.js';

const SHOWN = 3;

/** Whether the leases that are reserved for clients go to those clients, whichever server gives them, and to nobody else. */
export class Reserved {
  /** Answers that gave a reserved lease, or gave a lease to a client that has a reservation. */
  judged = 0;
  /** Those of them that gave a client another lease than the reserved one, or gave a reserved lease to another client. */
  wrong = 0;
  /** The first of those, in words. */
  readonly shown: string[] = [];
  /** How many clients have a reservation. */
  readonly clients: number;
  readonly #leases: LeaseIndex;
  readonly #serverName: (server: number) => string;
  /** By lease: its client. */
  readonly #clients = new Map<number, number>();
  readonly #served = new Set<number>();
  /** By lease type and client: its lease; undefined for a client whose address may not be given again. */
  readonly #leaseOf: Readonly<Record<LeaseType, (number | undefined)[]>> = { address: [], prefix: [] };

  /** @param clients how many clients have a reservation: those with the lowest numbers */
  constructor(
    leases: LeaseIndex,
    subnet: SubnetEvidence,
    types: readonly LeaseType[],
    clients: number,
    serverName: (server: number) => string,
  ) {
    this.clients = clients;
    this.#leases = leases;
    this.#serverName = serverName;
    for (const type of types) {
      for (let client = 0; client < clients; client++) {
        const { bytes, prefixLength } = reservedLease(subnet, type, client);
        const lease = leases.intern(bytes, type, prefixLength);
        this.#clients.set(lease, client);
        this.#leaseOf[type][client] = lease;
      }
    }
  }

  /**
   * A client declines its addresses. No server may give a declined address again in its probation period, so the client gets
   * another one from now on.
   */
  declined(client: number): void {
    if (this.#leaseOf.address[client] !== undefined) this.#served.add(client);
    this.#leaseOf.address[client] = undefined;
  }

  /** How many of the clients got their lease, at least once. */
  get served(): number {
    return this.#served.size;
  }

  /** A committing answer gave a lease. */
  granted({ client, leaseType, fromServer }: Answer, lease: number): void {
    const reserved = this.#leaseOf[leaseType][client];
    const owner = this.#clients.get(lease);
    if (reserved === undefined && (owner === undefined || owner === client)) return;
    this.judged++;
    if (reserved === lease) {
      this.#served.add(client);
      return;
    }
    this.wrong++;
    if (this.shown.length === SHOWN) return;
    const given = `client ${client} got ${this.#leases.text(lease)} from ${this.#serverName(fromServer)}`;
    this.shown.push(
      owner === undefined
        ? `${given}, and has ${this.#leases.text(reserved ?? 0)} reserved`
        : `${given}, which is reserved for client ${owner}`,
    );
  }
}
