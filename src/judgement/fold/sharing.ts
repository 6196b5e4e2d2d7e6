import { Column } from './columns.js';
import type { SharingFigures } from '../../results/phase.js';

/** Above every client number: 9 servers with a million clients each make 2^23.1 clients. */
export const CLIENT_LIMIT = 2 ** 24;

/**
 * Who was given which lease in the first answers of one phase. One number stands for each: made of the lease, then
 * the client, then whether it was a first attempt. The numbers are sorted at the end. Exact up to 2^28 leases.
 */
export class Allocations {
  readonly #given = new Column(Float64Array);

  add(lease: number, client: number, firstAttempt: boolean): void {
    this.#given.push((lease * CLIENT_LIMIT + client) * 2 + (firstAttempt ? 0 : 1));
  }

  get count(): number {
    return this.#given.length;
  }

  /** Tells whether a lease was given to a client. Call it once all allocations are known. */
  lookup(): (lease: number, client: number) => boolean {
    const given = this.#given.view().slice().sort();
    return (lease, client) => {
      const wanted = (lease * CLIENT_LIMIT + client) * 2;
      let low = 0;
      let high = given.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((given[middle] ?? Infinity) < wanted) low = middle + 1;
        else high = middle;
      }
      return (given[low] ?? Infinity) <= wanted + 1;
    };
  }

  /** @param requests transactions started, in first attempts and in all */
  figures(requests: { firstAttempt: number; allAttempts: number }): {
    firstAttempt: SharingFigures;
    allAttempts: SharingFigures;
  } {
    const given = this.#given.view().slice().sort();
    return {
      firstAttempt: sharingFigures(requests.firstAttempt, countSharing(given, true)),
      allAttempts: sharingFigures(requests.allAttempts, countSharing(given, false)),
    };
  }
}

interface SharingCount {
  responses: number;
  /** A number of clients -> how many leases were given to exactly so many clients. */
  leasesByClients: Map<number, number>;
}

function countSharing(sorted: Float64Array, onlyFirstAttempts: boolean): SharingCount {
  const leasesByClients = new Map<number, number>();
  let responses = 0;
  let lease = -1;
  let client = -1;
  let clients = 0;
  const close = () => {
    if (clients > 0) leasesByClients.set(clients, (leasesByClients.get(clients) ?? 0) + 1);
  };
  for (const value of sorted) {
    if (onlyFirstAttempts && value % 2 === 1) continue;
    responses++;
    const pair = Math.floor(value / 2);
    const itsLease = Math.floor(pair / CLIENT_LIMIT);
    const itsClient = pair % CLIENT_LIMIT;
    if (itsLease !== lease) {
      close();
      lease = itsLease;
      client = itsClient;
      clients = 1;
    } else if (itsClient !== client) {
      client = itsClient;
      clients++;
    }
  }
  close();
  return { responses, leasesByClients };
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
