import type { LeaseChange } from '../../evidence/commits/commit-file.js';
import { leaseText } from '../audit/tables/case-tables.js';
import { addressBytes } from '../audit/tables/pools.js';
import type { CaseState } from '../fold/case-state.js';
import type { CommitClients } from './clients.js';
import type { HeldBy } from './given.js';
import { ASSIGNED, ownerOf } from './input.js';
import type { Found } from './witnesses.js';

/**
 * The leases that were committed for a client of the run that was told of none of them. A client with a request that
 * nobody answered may not know of a lease that it has.
 *
 * @param endUs when the load was drained, on the run's clock
 */
export function notTold(
  changes: Iterable<LeaseChange>,
  states: readonly CaseState[],
  { held, clients, endUs }: { held: HeldBy; clients: CommitClients; endUs: number },
): Found[] {
  const found: Found[] = [];
  for (const { lease, owner, change } of assignments(changes)) {
    const { case: caseName, client } = clients.of(change.row);
    const state = states.find(({ layout }) => layout.name === caseName);
    if (state === undefined || client === null || held.wasTold(lease, owner)) continue;
    if (change.afterUs === null || change.afterUs >= endUs || mayNotKnow(state, client, change)) continue;
    found.push({
      kind: 'not-told',
      lease,
      detail: `it was committed for client ${client} of ${state.layout.name}, whose requests were all answered, and no answer gave it`,
    });
  }
  return found;
}

function mayNotKnow(state: CaseState, client: number, { row }: LeaseChange): boolean {
  if (state.unansweredForLease.has(client) || state.duringFaults?.refused.has(client) === true) return true;
  const bytes = addressBytes(row.address);
  if (bytes === undefined || row.leaseType === 'temporary') return false;
  const lease = state.leases.find(bytes, row.leaseType, row.prefixLength);
  // An answer may come after the client has given the lease back.
  return lease >= 0 && state.holdings.wasGivenBackSince(state.holderOf({ client }).holder, lease, 0);
}

/** The commits that gave a lease to somebody who did not have it by the row before. */
export function* assignments(
  changes: Iterable<LeaseChange>,
): Generator<{ lease: string; owner: string; change: LeaseChange }> {
  const owners = new Map<string, string>();
  for (const change of changes) {
    const lease = leaseText(change.row);
    if (change.kind === 'delete' || change.row.state !== ASSIGNED) {
      owners.delete(lease);
      continue;
    }
    const owner = ownerOf(change.row);
    if (owners.get(lease) !== owner) yield { lease, owner, change };
    owners.set(lease, owner);
  }
}

/**
 * The leases that clients were told another lifetime of than was ever committed for them. A server that does not write
 * the row anew tells what is left of its lifetime (Kea manual, "Lease Caching").
 */
export function otherLifetimes(
  changes: Iterable<LeaseChange>,
  states: readonly CaseState[],
  clients: CommitClients,
): Found[] {
  const lifetimes = committedLifetimes(changes);
  return states.flatMap(({ acknowledged, caseIndex, layout, leases }) => {
    const found: Found[] = [];
    for (const { client, lease, validLifetime } of acknowledged.all()) {
      const text = leases.text(lease);
      const committed = lifetimes.get(`${text} ${clients.ownerOf(caseIndex, client)}`);
      if (committed === undefined || !(validLifetime > 0)) continue;
      if (committed.has(validLifetime) || validLifetime < Math.max(...committed)) continue;
      const most = `${Math.max(...committed)} s was committed`;
      const detail = `client ${client} of ${layout.name} was told ${validLifetime} s, and at most ${most}`;
      found.push({ kind: 'other-lifetime', lease: text, detail });
    }
    return found;
  });
}

/** By lease and owner: the valid lifetimes that were committed, seconds. */
function committedLifetimes(changes: Iterable<LeaseChange>): Map<string, Set<number>> {
  const lifetimes = new Map<string, Set<number>>();
  for (const { kind, row } of changes) {
    if (kind === 'delete' || row.state !== ASSIGNED) continue;
    const key = `${leaseText(row)} ${ownerOf(row)}`;
    const its = lifetimes.get(key);
    if (its === undefined) lifetimes.set(key, new Set([row.validLifetime]));
    else its.add(row.validLifetime);
  }
  return lifetimes;
}
