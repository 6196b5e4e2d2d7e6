import type { CaseState } from '../../fold/case-state.js';
import { HoldingsByLease } from '../holdings-by-lease.js';
import type { KnownHoldings } from '../holdings.js';
import type { Ledger } from '../ledger.js';
import { heldConcurrently, overlapping, type Conflict } from '../overlap.js';
import { arePossible } from '../rivals.js';
import { withUnanswered } from './unanswered.js';

/** A lease that one client holds while the servers know of another holder, who may not know of it. */
export interface PossibleConflict extends Conflict {
  /** For how long two of the holdings overlapped, as far as the observations go; microseconds. */
  overlapUs: number;
}

/** The possible conflicts of a network, with its holdings: those of the ledger, and those that nobody answered. */
export interface PossibleConflicts {
  holdings: KnownHoldings;
  conflicts: readonly PossibleConflict[];
}

/**
 * Finds what servers may have given to two clients, in all cases of one network.
 *
 * @param states the cases of the ledger
 * @param mayBeCommitted whether a lease that nobody answered may have been stored for its client
 */
export function possibleConflicts(
  { holdings: known, leases, unanswered, mayDelegate }: Ledger,
  states: readonly CaseState[],
  mayBeCommitted: (caseIndex: number, client: number, lease: string) => boolean,
): PossibleConflicts {
  const endUs = Math.max(0, ...states.map(({ lastAtUs }) => lastAtUs));
  const open = [...unanswered.all(), ...states.flatMap(({ awaited }) => [...awaited.atEnd(endUs)])];
  const possible = open.filter(
    ({ caseIndex, client, lease, fromUs, untilUs }) =>
      fromUs < untilUs && mayBeCommitted(caseIndex, client, leases.text(lease)),
  );
  if (possible.length === 0 && !known.hasPossible) return { holdings: known, conflicts: [] };
  const holdings = withUnanswered(known, possible);
  const byLease = new HoldingsByLease(holdings, leases.size);
  const found = [
    ...heldConcurrently(holdings, byLease, leases.size, 'possible'),
    // A router may itself have given what lies in its prefix.
    ...(mayDelegate ? [] : overlapping(holdings, byLease, leases, { pairs: 'possible' })),
  ];
  return {
    holdings,
    conflicts: found.map((one) => ({ ...one, overlapUs: longestOverlap(holdings, one, endUs) })),
  };
}

function longestOverlap(holdings: KnownHoldings, { holdings: concerned }: Conflict, endUs: number): number {
  let longest = 0;
  for (const one of concerned)
    for (const other of concerned) {
      if (holdings.owner(one) === holdings.owner(other)) continue;
      if (!arePossible(holdings.certainty(one), holdings.certainty(other))) continue;
      const from = Math.max(holdings.fromUs(one), holdings.fromUs(other));
      const until = Math.min(holdings.untilUs(one), holdings.untilUs(other), endUs);
      longest = Math.max(longest, until - from);
    }
  return longest;
}
