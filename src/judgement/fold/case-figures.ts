import { DECLINING_PHASES } from '../../protocol/phases.js';
import type { CaseFigures } from '../../results/case.js';
import type { PhaseJudgement } from '../../results/phase.js';
import type { Witness } from '../../results/witness.js';
import { asksForBoth } from './layout-check.js';
import { LEASE_TYPES } from '../../protocol/leases.js';
import type { CaseState } from './case-state.js';
import { exchangeEnds, type ExchangeEnds } from './exchange-ends.js';
import { unsureOf, type Gaps, type UnsureFigures } from '../holdings/gaps.js';
import { givenTwiceAtUs, type Conflict } from '../holdings/overlap.js';
import { countOutcomes, total, type PhaseOutcomes } from './count-phase.js';
import { WitnessList } from './witnesses.js';

/** The figures of a case that the observations alone tell. */
export interface ObservedFigures extends Omit<CaseFigures, 'exchanges' | 'possiblyHeld'> {
  /** How many transaction numbers were given out. */
  transactions: number;
  ends: ExchangeEnds;
  /** Conflicts that may be none, because the source does not show what may have ended a holding. */
  unsure: UnsureFigures;
}

/** The name of a server of a case. */
export type ServerNames = (caseIndex: number, server: number) => string;

export function caseFigures(state: CaseState, serverOf: ServerNames, gaps: Gaps): ObservedFigures {
  const { layout, phases, transactions } = state;
  const outcomes = countOutcomes(transactions, phases.length, layout.servers.length);
  const conflicts = new WitnessList(state.witnessesPerKind);
  const found = state.ledger.conflictsIn(state.caseIndex);
  const concurrent = witnessed(state, conflicts, found.concurrent, serverOf);
  const nested = witnessed(state, conflicts, found.nested, serverOf);
  const elsewhere = found.concurrent.length - concurrent + found.nested.length - nested;
  return {
    name: layout.name,
    servers: layout.servers.length,
    clients: layout.clients,
    clientsWithLease: clientsWithLease(state),
    clientsGaveBack: clientsGaveBack(state),
    returns: returnFigures(state, outcomes),
    committingLeases: state.committingLeases,
    heldConcurrently: concurrent,
    overlappingLeases: nested,
    ...(found.doubtful.length === 0 ? {} : { perhapsDelegated: found.doubtful.length }),
    ...(elsewhere === 0
      ? {}
      : {
          countedElsewhere: {
            heldConcurrently: found.concurrent.length - concurrent,
            overlappingLeases: found.nested.length - nested,
          },
        }),
    declines: state.givenBack.reused.figures,
    overtakenReturns: state.givenBack.overtaken,
    renewals: state.renewals.figures(),
    // The audit of the lease tables comes later, and tells which leases were lost.
    ...(state.duringFaults === undefined
      ? {}
      : { faults: { ...state.duringFaults.figures, lostLeases: null } }),
    witnesses: [...conflicts.all(), ...state.witnesses.all()],
    witnessesOmitted: conflicts.omitted + state.witnesses.omitted,
    phases: phaseFigures(state, outcomes),
    transactions: state.transactions.count,
    ends: exchangeEnds(state),
    unsure: {
      heldConcurrently: unsureOf(found.concurrent, state, gaps),
      overlappingLeases: unsureOf(found.nested, state, gaps),
    },
    schedule: state.schedule.figures(),
    series: { ...state.series.figures(), latency: state.latencySeries.figures() },
  };
}

/**
 * How many clients hold what their case asks for. Where a case asks for an address and a prefix, a client must hold
 * both.
 */
function clientsWithLease({ layout, caseIndex, leases, holdings, lastAtUs }: CaseState): number {
  if (!asksForBoth(layout)) return holdings.clientsHoldingAt(caseIndex, lastAtUs);
  return holdings.clientsHoldingAt(caseIndex, lastAtUs, (lease) => leases.isPrefix(lease));
}

/** How many clients hold nothing at the end because they gave back what they held last. */
function clientsGaveBack({ caseIndex, holdings, givenBack, lastAtUs }: CaseState): number {
  if (givenBack.isEmpty) return 0;
  return holdings
    .lastEndsOf(caseIndex)
    .reduce(
      (count, untilUs, client) =>
        untilUs > 0 && untilUs <= lastAtUs && givenBack.lastAtUs(client) === untilUs ? count + 1 : count,
      0,
    );
}

/** The phases that give leases back, as far as a client was in them. */
function returnFigures({ phases, givenBack }: CaseState, outcomes: PhaseOutcomes[]): CaseFigures['returns'] {
  return phases.flatMap((phase) => {
    if (!phase.givesBack) return [];
    const byServer = outcomes[phase.number]?.byServer ?? [];
    const requests = byServer.reduce((sum, one) => sum + total(one), 0);
    const leases = givenBack.leasesBy(DECLINING_PHASES.has(phase.phase));
    return requests === 0 ? [] : [{ name: phase.phase, requests, leases }];
  });
}

function phaseFigures({ layout, phases, clients }: CaseState, outcomes: PhaseOutcomes[]): PhaseJudgement[] {
  const given = (type: 0 | 1) => phases.some((phase) => phase.allocations[type].count > 0);
  const types = LEASE_TYPES.filter(
    (type, i) => type === layout.leaseType || asksForBoth(layout) || given(i as 0 | 1),
  );
  return phases.flatMap((phase, i) => {
    const its = outcomes[i];
    // A phase that neither offers nor gives leases has no figures of its own.
    if (its === undefined || !(phase.offering || phase.committing)) return [];
    const isAfterOffer = phases[i - 1]?.offering === true && phase.committing;
    const withoutOffer = isAfterOffer ? clients.withoutOffer : 0;
    return phase.figures(types, its, withoutOffer, (client) => clients.wasServedLater(client));
  });
}

/** @returns how many of the conflicts count in this case */
function witnessed(
  state: CaseState,
  witnesses: WitnessList,
  conflicts: readonly Conflict[],
  serverOf: ServerNames,
): number {
  for (const conflict of conflicts) {
    const kind = conflict.within === null ? 'held-concurrently' : 'overlapping';
    witnesses.add(kind, () => describe(state, conflict, serverOf));
  }
  return conflicts.filter((conflict) => state.ledger.caseOf(conflict) === state.caseIndex).length;
}

function describe(
  { caseIndex, leases, holdings, duringFaults }: CaseState,
  conflict: Conflict,
  serverOf: ServerNames,
): Omit<Witness, 'kind'> {
  const { lease, within, holdings: concerned } = conflict;
  return {
    phase: null,
    lease: leases.text(lease),
    otherLease: within === null ? null : leases.text(within),
    holders: concerned.map((holding) => ({
      client: holdings.client(holding),
      ...(holdings.caseIndex(holding) === caseIndex ? {} : { caseIndex: holdings.caseIndex(holding) }),
      server: serverOf(holdings.caseIndex(holding), holdings.server(holding)),
      lease: leases.text(holdings.lease(holding)),
      fromUs: holdings.fromUs(holding),
      untilUs: finite(holdings.untilUs(holding)),
    })),
    ...(duringFaults === undefined
      ? {}
      : { during: duringFaults.activeAt(givenTwiceAtUs(holdings, conflict)) }),
  };
}

function finite(us: number): number | null {
  return us === Infinity ? null : us;
}
