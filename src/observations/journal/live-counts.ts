import { LeaseOwners } from '../import/lease-owners.js';
import { COMMITTING_PHASES, GIVING_BACK_PHASES } from '../../protocol/phases.js';
import type { LeaseType } from '../../protocol/leases.js';
import type { Layout, Observation } from '../observation.js';

/**
 * The figures of a case that a user sees during the run. The figures of the result are computed afterwards, from the
 * journal.
 */
export interface LiveCount {
  case: string;
  sent: number;
  answered: number;
  clientsWithLease: number;
  clients: number;
  /** Leases offered to more than one client so far, and leases committed to more than one. */
  duplicates: { offered: number; committed: number };
}

/** The numbers of a `LiveCount` that change during a run. */
export type Progress = Omit<LiveCount, 'case' | 'clients'>;

interface Tally extends LiveCount {
  offered: LeaseOwners;
  committed: LeaseOwners;
  /** A bit for each client, set while the client has a lease. */
  holders: Uint8Array;
  /** An answer with an address and a prefix is two observations. Only the one of this type counts as an answer. */
  leaseType: LeaseType;
}

/** Counts observations as they come. */
export class LiveCounts {
  readonly #tallies: Tally[];
  readonly #areReused: boolean;

  /**
   * @param areReused whether servers give leases out again after clients gave them back. Then only the leases of
   *   first attempts are compared
   */
  constructor(layout: Layout, areReused = false) {
    this.#areReused = areReused;
    this.#tallies = layout.cases.map(({ name, clients, leaseType }) => ({
      case: name,
      leaseType,
      sent: 0,
      answered: 0,
      clients,
      duplicates: { offered: 0, committed: 0 },
      offered: new LeaseOwners(clients),
      committed: new LeaseOwners(clients),
      holders: new Uint8Array(Math.ceil(clients / 8)),
      clientsWithLease: 0,
    }));
  }

  add(observation: Observation): void {
    const tally = this.#tallies[observation.caseIndex];
    if (tally === undefined) return;
    if (observation.type === 'sent') {
      tally.sent++;
      const givesBack = GIVING_BACK_PHASES.has(observation.phase);
      if (givesBack && clear(tally.holders, observation.client)) tally.clientsWithLease--;
    }
    if (observation.type !== 'answer') return;
    if (observation.leaseType === tally.leaseType) tally.answered++;
    if (observation.kind !== 'lease') return;
    const isCommitted = COMMITTING_PHASES.has(observation.phase);
    if (!this.#areReused || observation.attempt === 1) {
      const owners = isCommitted ? tally.committed : tally.offered;
      if (owners.give(observation.lease, observation.prefixLength, observation.client)) {
        if (isCommitted) tally.duplicates.committed++;
        else tally.duplicates.offered++;
      }
    }
    if (isCommitted && isNew(tally.holders, observation.client)) tally.clientsWithLease++;
  }

  get counts(): LiveCount[] {
    return this.#tallies.map((tally) => ({
      case: tally.case,
      sent: tally.sent,
      answered: tally.answered,
      clientsWithLease: tally.clientsWithLease,
      clients: tally.clients,
      duplicates: { ...tally.duplicates },
    }));
  }

  /** Writes how far each case is into numbers that another thread reads. */
  share(numbers: { put: (caseIndex: number, counts: Progress) => void }): void {
    for (let index = 0; index < this.#tallies.length; index++) {
      const tally = this.#tallies[index];
      if (tally !== undefined) numbers.put(index, tally);
    }
  }
}

/** Sets the bit of a number; true where it was not set. */
function isNew(bits: Uint8Array, number: number): boolean {
  const [at, bit] = [number >>> 3, 1 << (number & 7)];
  const before = bits[at] ?? 0xff;
  bits[at] = before | bit;
  return (before & bit) === 0;
}

/** Clears the bit of a number; true where it was set. */
function clear(bits: Uint8Array, number: number): boolean {
  const [at, bit] = [number >>> 3, 1 << (number & 7)];
  const before = bits[at] ?? 0;
  bits[at] = before & ~bit;
  return (before & bit) !== 0;
}
