import type { CaseFigures } from '../../results/case.js';
import type { FaultLeases } from '../../results/faults.js';
import type { Audited } from '../audit/audit.js';
import { serverName } from '../checks/server-name.js';
import type { CaseState } from '../fold/case-state.js';
import { givenTwiceAtUs } from '../holdings/overlap.js';
import type { FaultsOfLease } from './windows.js';

/** The most leases that a result lists. */
const LISTED = 100;

type Listed = Omit<FaultLeases['leases'][number], 'atMs' | keyof FaultsOfLease>;

/** Leases, and the faults in which they were given. Counts all of them, and keeps the first. */
export class LeasesByFault {
  readonly #listed: (Listed & FaultsOfLease & { atUs: number })[] = [];
  /** By the places of the faults. */
  readonly #during = new Map<string, FaultLeases['during'][number]>();
  #total = 0;

  /** @param describe is called only for a lease that is kept */
  add(atUs: number, its: FaultsOfLease, describe: () => Listed): void {
    this.#total++;
    const { during: faults, ...rest } = its;
    const key = JSON.stringify(its);
    const same = this.#during.get(key);
    if (same === undefined) this.#during.set(key, { faults, ...rest, leases: 1 });
    else same.leases++;
    if (this.#listed.length < LISTED) this.#listed.push({ ...describe(), atUs, ...its });
  }

  /** @param ms milliseconds of the load at a moment of the run's clock */
  result(ms: (us: number) => number): FaultLeases {
    return {
      total: this.#total,
      during: [...this.#during.values()],
      leases: this.#listed
        .toSorted((one, other) => one.atUs - other.atUs)
        .map(({ atUs, ...lease }) => ({ ...lease, atMs: ms(atUs) })),
    };
  }
}

/** The acknowledged leases that the audit did not find on every node; undefined if it can't tell for any case. */
export function lostLeases(
  states: readonly CaseState[],
  { lost }: Pick<Audited, 'lost'>,
): LeasesByFault | undefined {
  if (lost.every((one) => one === undefined)) return undefined;
  const all = new LeasesByFault();
  for (const [caseIndex, { layout, duringFaults }] of states.entries()) {
    for (const { client, lease, server, acknowledgedAtUs, nodes } of lost[caseIndex]?.all() ?? [])
      all.add(acknowledgedAtUs, duringFaults?.faultsOfLease(acknowledgedAtUs) ?? { during: [] }, () => ({
        case: layout.name,
        lease,
        clients: [client],
        servers: [server],
        nodes,
      }));
  }
  return all;
}

/**
 * Adds what the audit knows to the figures about faults, if there were any. It knows nothing if none of the leases was
 * live at the end.
 */
export function withLost(figures: CaseFigures, audited: Audited | undefined, caseIndex: number): CaseFigures {
  const { faults } = figures;
  if (faults === undefined) return figures;
  const isAudited = (audited?.cases[caseIndex]?.acknowledged ?? 0) > 0 || figures.committingLeases === 0;
  const lostLeases = (isAudited ? audited?.lost[caseIndex]?.count : undefined) ?? null;
  return { ...figures, faults: { ...faults, lostLeases } };
}

/** The leases that two clients held at once, or inside the prefix of another client. */
export function leasesHeldByTwo(states: readonly CaseState[]): LeasesByFault {
  const all = new LeasesByFault();
  for (const [caseIndex, { ledger, holdings, layout, leases, duringFaults }] of states.entries()) {
    const { concurrent, nested } = ledger.conflictsIn(caseIndex);
    for (const conflict of [...concurrent, ...nested]) {
      if (ledger.caseOf(conflict) !== caseIndex) continue;
      const atUs = givenTwiceAtUs(holdings, conflict);
      all.add(atUs, { during: duringFaults?.activeAt(atUs) ?? [] }, () => ({
        case: layout.name,
        lease: leases.text(conflict.lease),
        clients: conflict.holdings.map((holding) => holdings.client(holding)),
        servers: conflict.holdings.map((holding) => serverName(layout, holdings.server(holding))),
      }));
    }
  }
  return all;
}
