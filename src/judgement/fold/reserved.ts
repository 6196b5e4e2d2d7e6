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
  readonly #leases: LeaseIndex;
  readonly #serverName: (server: number) => string;
  /** By lease: its client. */
  readonly #clients = new Map<number, number>();
  /** By lease type and client: its lease. */
  readonly #leaseOf: Readonly<Record<LeaseType, number[]>> = { address: [], prefix: [] };

  /** @param clients how many clients have a reservation: those with the lowest numbers */
  constructor(
    leases: LeaseIndex,
    subnet: SubnetEvidence,
    types: readonly LeaseType[],
    clients: number,
    serverName: (server: number) => string,
  ) {
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

  /** A committing answer gave a lease. */
  granted({ client, leaseType, fromServer }: Answer, lease: number): void {
    const reserved = this.#leaseOf[leaseType][client];
    const owner = this.#clients.get(lease);
    if (reserved === undefined && owner === undefined) return;
    this.judged++;
    if (reserved === lease) return;
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
