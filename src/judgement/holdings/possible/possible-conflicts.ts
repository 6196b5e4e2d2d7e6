import type { LeaseRow } from '../../../results/audit.js';
import { addressBytes } from '../../audit/tables/pools.js';
import type { StoredFor } from '../../commits/stored-for.js';
import type { CaseState } from '../../fold/case-state.js';
import { HoldingsByLease } from '../holdings-by-lease.js';
import type { KnownHoldings } from '../holdings.js';
import type { LeaseIndex } from '../leases.js';
import type { Ledger } from '../ledger.js';
import { heldConcurrently, overlapping, type Conflict } from '../overlap.js';
import { arePossible } from '../rivals.js';
import { withUnanswered, type Unanswered, type UnansweredLeases } from './unanswered.js';

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
 * @param storedFor what nodes stored for a client without an answer
 */
export function possibleConflicts(
  { holdings: known, leases, unanswered, mayDelegate, byLease: byAnswers }: Ledger,
  states: readonly CaseState[],
  storedFor: StoredFor,
): PossibleConflicts {
  const endUs = Math.max(0, ...states.map(({ lastAtUs }) => lastAtUs));
  const hasNested = !mayDelegate && leases.hasPrefixes;
  // A lease that no answer gave to anybody else is no conflict.
  const mayConflict = ({ lease, fromUs, untilUs }: Unanswered): boolean =>
    fromUs < untilUs && (hasNested || byAnswers.of(lease).length > 0);
  const possible = [...givenWithoutAnswer(openIn(unanswered, states), leases, storedFor)].filter(mayConflict);
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

function* openIn(unanswered: UnansweredLeases, states: readonly CaseState[]): Generator<Unanswered> {
  yield* unanswered.all();
  for (const { awaited } of states) yield* awaited.atEnd();
}

/** What was stored for the clients since they asked; where nobody knows, what they asked for. */
function* givenWithoutAnswer(
  open: Iterable<Unanswered>,
  leases: LeaseIndex,
  storedFor: StoredFor,
): Generator<Unanswered> {
  let latest: Unanswered | undefined;
  for (const one of open) {
    const stored = storedFor(one.caseIndex, one.client, one.fromUs, one.untilUs);
    if (stored === undefined) {
      if (one.lease >= 0) yield one;
      continue;
    }
    // The leases of one request follow each other, and what was stored is the same for all of them.
    const isKnown = latest?.transaction === one.transaction && latest.caseIndex === one.caseIndex;
    latest = one;
    if (isKnown) continue;
    for (const { row, afterUs, endedByUs } of stored) {
      const lease = leaseOf(row, leases);
      const fromUs = Math.max(one.fromUs, afterUs);
      if (lease >= 0) yield { ...one, lease, fromUs, untilUs: Math.min(one.untilUs, endedByUs) };
    }
  }
}

/** The number of a row's lease; -1 for one that no message named, and so nobody else has. */
function leaseOf({ address, leaseType, prefixLength }: LeaseRow, leases: LeaseIndex): number {
  const bytes = addressBytes(address);
  if (bytes === undefined || leaseType === 'temporary') return -1;
  return leases.find(bytes, leaseType, prefixLength);
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
