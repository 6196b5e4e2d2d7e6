import type { Layout, Observation } from './model.js';

/** What a reader wants to know of a case while it runs. The figures that count are made afterwards, from the journal. */
export interface LiveCount {
  case: string;
  sent: number;
  answered: number;
  clientsWithLease: number;
  clients: number;
  /** Leases offered to more than one client so far, and leases committed to more than one. */
  duplicates: { offered: number; committed: number };
}

interface Tally extends Omit<LiveCount, 'clientsWithLease'> {
  firstClient: Map<string, number>[];
  holders: Set<number>;
}

/** Counts along with the observations. */
export class LiveCounts {
  readonly #tallies: Tally[];
  readonly #committing: string[];

  constructor(layout: Layout) {
    this.#committing = layout.cases.map(({ phases }) => phases.at(-1) ?? '');
    this.#tallies = layout.cases.map(({ name, clients }) => ({
      case: name,
      sent: 0,
      answered: 0,
      clients,
      duplicates: { offered: 0, committed: 0 },
      firstClient: [new Map(), new Map()],
      holders: new Set(),
    }));
  }

  add(observation: Observation): void {
    const tally = this.#tallies[observation.caseIndex];
    if (tally === undefined) return;
    if (observation.type === 'sent') tally.sent++;
    if (observation.type !== 'answer') return;
    tally.answered++;
    if (observation.kind !== 'lease') return;
    const committing = observation.phase === this.#committing[observation.caseIndex];
    const lease = `${Buffer.from(observation.lease).toString('latin1')}/${observation.prefixLength}`;
    const owners = tally.firstClient[committing ? 1 : 0];
    const owner = owners?.get(lease);
    // -1 marks a lease that is already counted as a duplicate.
    if (owner === undefined) owners?.set(lease, observation.client);
    else if (owner !== observation.client && owner !== -1) {
      owners?.set(lease, -1);
      tally.duplicates[committing ? 'committed' : 'offered']++;
    }
    if (committing) tally.holders.add(observation.client);
  }

  get counts(): LiveCount[] {
    return this.#tallies.map((tally) => ({
      case: tally.case,
      sent: tally.sent,
      answered: tally.answered,
      clientsWithLease: tally.holders.size,
      clients: tally.clients,
      duplicates: { ...tally.duplicates },
    }));
  }
}
