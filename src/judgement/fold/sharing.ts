import { Column } from './columns.js';
import { Groups } from './groups.js';
import type { SharingFigures } from '../../results/phase.js';

/** Above every client number: 9 servers with a million clients each make 2^23.1 clients. */
export const CLIENT_LIMIT = 2 ** 24;

/** Who was given which lease in the first answers of one phase. */
export class Allocations {
  readonly #leases = new Column(Int32Array);
  /** Twice the client, and one more in an attempt after the first. */
  readonly #clients = new Column(Int32Array);
  /** Above the number of each lease. */
  #leaseLimit = 0;
  #clientLimit = 0;

  add(lease: number, client: number, firstAttempt: boolean): void {
    this.#leases.push(lease);
    this.#clients.push(client * 2 + (firstAttempt ? 0 : 1));
    if (lease >= this.#leaseLimit) this.#leaseLimit = lease + 1;
    if (client >= this.#clientLimit) this.#clientLimit = client + 1;
  }

  get count(): number {
    return this.#leases.length;
  }

  /** Tells whether a lease was given to a client. Call it once all allocations are known. */
  lookup(): (lease: number, client: number) => boolean {
    const byLease = this.#byLease();
    return (lease, client) =>
      lease < this.#leaseLimit && byLease.of(lease).some((one) => this.#clients.get(one) >> 1 === client);
  }

  /** @param requests transactions started, in first attempts and in all */
  figures(requests: { firstAttempt: number; allAttempts: number }): {
    firstAttempt: SharingFigures;
    allAttempts: SharingFigures;
  } {
    const byLease = this.#byLease();
    return {
      firstAttempt: sharingFigures(requests.firstAttempt, this.#count(byLease, true)),
      allAttempts: sharingFigures(requests.allAttempts, this.#count(byLease, false)),
    };
  }

  #byLease(): Groups {
    return new Groups(this.count, this.#leaseLimit, (one) => this.#leases.get(one));
  }

  #count(byLease: Groups, onlyFirstAttempts: boolean): SharingCount {
    const leasesByClients = new Map<number, number>();
    let responses = 0;
    /** By client: the lease that it was last seen with, + 1. */
    const seenWith = new Int32Array(this.#clientLimit);
    for (let lease = 0; lease < this.#leaseLimit; lease++) {
      let clients = 0;
      const end = byLease.endOf(lease);
      for (let at = byLease.startOf(lease); at < end; at++) {
        const given = this.#clients.get(byLease.members[at] ?? 0);
        if (onlyFirstAttempts && (given & 1) === 1) continue;
        responses++;
        const client = given >> 1;
        if (seenWith[client] === lease + 1) continue;
        seenWith[client] = lease + 1;
        clients++;
      }
      if (clients > 0) leasesByClients.set(clients, (leasesByClients.get(clients) ?? 0) + 1);
    }
    return { responses, leasesByClients };
  }
}

interface SharingCount {
  responses: number;
  /** A number of clients -> how many leases were given to exactly so many clients. */
  leasesByClients: Map<number, number>;
}

/** Computes the figures as `docs/figures.md` defines them. */
export function sharingFigures(
  requests: number,
  { responses, leasesByClients }: SharingCount,
): SharingFigures {
  let distinctLeases = 0;
  let duplicateLeases = 0;
  let duplicateAllocations = 0;
  for (const [clients, leases] of leasesByClients) {
    distinctLeases += leases;
    if (clients < 2) continue;
    duplicateLeases += leases;
    duplicateAllocations += clients * leases;
  }
  const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    requests,
    responses,
    distinctLeases,
    duplicateLeases,
    duplicatePercent: ratio(100 * duplicateLeases, responses),
    appearancePercent: ratio(100 * duplicateLeases, distinctLeases),
    allocationsPerDistinctLease: ratio(duplicateAllocations, distinctLeases),
    sharing: Object.fromEntries(leasesByClients),
  };
}
